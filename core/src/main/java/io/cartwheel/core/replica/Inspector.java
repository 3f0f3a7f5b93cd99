package io.cartwheel.core.replica;

import io.cartwheel.core.membership.ClusterView;
import io.cartwheel.core.message.KeyReport;
import io.cartwheel.core.message.KeyReport.Copy;
import io.cartwheel.core.message.KeyReport.Debt;
import io.cartwheel.core.message.Message;
import io.cartwheel.core.message.Message.Refusal;
import io.cartwheel.core.port.StorageEngine;
import io.cartwheel.core.port.StorageEngine.Address;
import io.cartwheel.core.ring.MemberId;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Tells what this member has of a key, owner or not, and leaves it as it is: nothing is set aside,
 * refilled, repaired or written because somebody looked.
 *
 * <p>So it reads the engine itself: {@link Replica} would set a damaged record aside.
 */
public final class Inspector {
  /** As long as reads may have to wait that are not refused. */
  private static final long BEARABLE_NANOS = 1_000_000_000L;

  private final StorageEngine engine;
  private final Replica replica;
  private final HintLedger hints;
  private final Supplier<ClusterView> view;
  private final Segments segments;

  /** Tells what a key's segment holds, if this member is one of the key's owners. */
  public interface Segments {
    Optional<KeyReport.Segment> of(Address address);
  }

  public Inspector(
      StorageEngine engine,
      Replica replica,
      HintLedger hints,
      Supplier<ClusterView> view,
      Segments segments) {
    this.engine = engine;
    this.replica = replica;
    this.hints = hints;
    this.view = view;
    this.segments = segments;
  }

  public void inspect(Message.Inspect inspect, Consumer<Message.Reply> reply) {
    if (replica.isFull(BEARABLE_NANOS)) {
      reply.accept(new Message.Refused(inspect.id(), Refusal.OVERLOADED));
      return;
    }
    var address = new Address(view.get().partitionOf(inspect.key()), inspect.key());
    engine.read(
        address,
        result ->
            reply.accept(
                switch (Loaded.of(result)) {
                  case Loaded.Sound(StoredRecord record) ->
                      inspected(inspect, address, copyOf(record), record.owed());
                  case Loaded.Damaged _ ->
                      inspected(inspect, address, new Copy.Damaged(), List.of());
                  case Loaded.Failed _ -> new Message.Refused(inspect.id(), Refusal.STORAGE_FAILED);
                }));
  }

  private static Copy copyOf(StoredRecord record) {
    return record.equals(StoredRecord.NOTHING)
        ? new Copy.Absent()
        : Copy.Held.of(record.state(), record.lossMark(), record.epoch());
  }

  private Message.Reply inspected(
      Message.Inspect inspect, Address address, Copy copy, List<MemberId> owed) {
    Optional<Debt> debt = debt(hints.hintOf(address), owed);
    var report = new KeyReport(view.get().recovering(), copy, debt, segments.of(address));
    return new Message.Inspected(inspect.id(), report);
  }

  /**
   * A damaged record does not say to whom it is owed, but its hint does; after a start the ledger
   * may not have read the hint yet, but the record says the same.
   */
  private static Optional<Debt> debt(Optional<Hint> hint, List<MemberId> owed) {
    List<MemberId> owners = owed.isEmpty() ? hint.map(Hint::owed).orElse(List.of()) : owed;
    return owners.isEmpty()
        ? Optional.empty()
        : Optional.of(new Debt(owners, hint.map(Hint::sinceMillis)));
  }
}
