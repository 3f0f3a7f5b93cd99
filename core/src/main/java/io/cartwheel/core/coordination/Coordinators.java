package io.cartwheel.core.coordination;

import io.cartwheel.core.bucket.BucketType;
import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.item.Encoder;
import io.cartwheel.core.item.ItemKey;
import io.cartwheel.core.membership.ClusterView;
import io.cartwheel.core.message.DeleteOutcome;
import io.cartwheel.core.message.DeleteRequest;
import io.cartwheel.core.message.Explanation;
import io.cartwheel.core.message.Failure;
import io.cartwheel.core.message.GetOutcome;
import io.cartwheel.core.message.GetRequest;
import io.cartwheel.core.message.PutOutcome;
import io.cartwheel.core.message.PutRequest;
import io.cartwheel.core.port.Entropy;
import io.cartwheel.core.port.Observer;
import io.cartwheel.core.port.StorageEngine.Address;
import io.cartwheel.core.replica.Replica;
import io.cartwheel.core.ring.MemberId;
import io.cartwheel.core.ring.PreferenceList;
import io.cartwheel.core.version.Content;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Starts a shard's coordinations: finds the key's type, preference list and quorums, and refuses
 * what can't be met or is too much.
 */
public final class Coordinators {
  /** Questions beyond this are refused at once, whatever became of those before them. */
  static final int MAX_IN_FLIGHT = 20_000;

  /** A replica that is asked for more than it does in this time has no room for new requests. */
  static final long BEARABLE_NANOS = 500_000_000L;

  private final Surroundings around;
  private final Replica replica;
  private final Entropy entropy;
  private final Supplier<ClusterView> view;
  private final Set<ItemKey> recovering = new LinkedHashSet<>();

  public Coordinators(
      Surroundings around, Replica replica, Entropy entropy, Supplier<ClusterView> view) {
    this.around = around;
    this.replica = replica;
    this.entropy = entropy;
    this.view = view;
  }

  /** Reads, with this member as the coordinator. */
  public void get(GetRequest request, Consumer<GetOutcome> done) {
    Optional<BucketType> known = view.get().typeOf(request.key());
    if (known.isEmpty()) {
      done.accept(new GetOutcome.Failed(unknownType()));
      return;
    }
    BucketType type = known.get();
    PreferenceList list = listOf(request.key(), type);
    Quorums.Read quorum = Quorums.read(type, list.owners(), request.options());
    Optional<Failure> refusal = Quorums.refusal(type, quorum).or(() -> overload(list, quorum.r()));
    if (refusal.isPresent()) {
      done.accept(new GetOutcome.Failed(refusal.get()));
      return;
    }
    var plan =
        new GetCoordination.Plan(
            request.key(),
            list,
            quorum,
            request.options().fanout().orElse(type.fanout()),
            type.policy(),
            around.stamps().now(),
            deadline(request.options().timeoutMillis()));
    new GetCoordination(around, plan, done).start();
  }

  /** Writes, here or by the best coordinator there is. */
  public void put(PutRequest request, Consumer<PutOutcome> done) {
    Planned planned = plan(named(dated(request)), request.options().timeoutMillis());
    switch (planned) {
      case Planned.Refused(Failure failure) -> done.accept(new PutOutcome.Failed(failure));
      case Planned.Ready(PutCoordination.Plan plan) ->
          overload(plan.list(), plan.quorum().w())
              .ifPresentOrElse(
                  failure -> done.accept(new PutOutcome.Failed(failure)),
                  () -> new PutForwarding(around, plan, this::coordinateHere, done).start());
    }
  }

  /**
   * Coordinates a write that another member forwarded.
   *
   * @param standIn whether the other member knows that this one may be no owner of the key
   * @return false if this one is no owner, and was asked as one or may not stand in
   */
  public boolean putForwarded(
      PutRequest request, boolean standIn, int timeoutMillis, Consumer<PutOutcome> done) {
    switch (plan(request, timeoutMillis)) {
      case Planned.Refused(Failure failure) -> done.accept(new PutOutcome.Failed(failure));
      case Planned.Ready(PutCoordination.Plan plan) -> {
        boolean mayStandIn = standIn && plan.quorum().sloppy();
        if (!mayStandIn && !plan.list().isPrimary(view.get().self())) {
          return false;
        }
        coordinateHere(plan, done);
      }
    }
    return true;
  }

  /** Writes a tombstone over what the client saw; over what a read shows, if it saw nothing. */
  public void delete(DeleteRequest request, Consumer<DeleteOutcome> done) {
    if (!request.seen().isEmpty()) {
      bury(request, done);
      return;
    }
    int timeout = request.options().timeoutMillis();
    long deadline = deadline(timeout);
    var usual = GetRequest.Options.DEFAULT.withR(request.r()).withTimeout(timeout);
    var options = request.options().sloppy().map(usual::withSloppy).orElse(usual);
    get(
        new GetRequest(request.key(), options),
        outcome -> {
          switch (outcome) {
            case GetOutcome.Failed(Failure failure) ->
                done.accept(new DeleteOutcome.Failed(failure));
            case GetOutcome.Read(var state, long fastest) -> {
              if (state.values().isEmpty()) {
                done.accept(new DeleteOutcome.NothingThere());
              } else {
                int left = around.millisUntil(deadline);
                bury(request.having(state.clock(), fastest, left), done);
              }
            }
          }
        });
  }

  private void bury(DeleteRequest request, Consumer<DeleteOutcome> done) {
    var put =
        new PutRequest(
            request.key(),
            Content.tombstone(0, request.requestId()),
            request.seen(),
            request.preferredCoordinator(),
            request.options());
    put(
        put,
        outcome -> {
          switch (outcome) {
            case PutOutcome.Failed(Failure failure) ->
                done.accept(new DeleteOutcome.Failed(failure));
            case PutOutcome.Stored stored ->
                done.accept(
                    new DeleteOutcome.Deleted(
                        stored.clock(), stored.alone(), stored.coordinator()));
          }
        });
  }

  /** Refills a key that lost its record, unless that is under way. */
  public void recover(ItemKey key, long lossMark) {
    Optional<BucketType> type = view.get().typeOf(key);
    if (type.isEmpty() || !recovering.add(key)) {
      return;
    }
    PreferenceList list = listOf(key, type.get());
    var loss = new KeyRecovery.Loss(new Address(list.partition(), key), lossMark, list);
    new KeyRecovery(around, replica, loss, () -> recovering.remove(key)).start();
  }

  /** Asks every member what it has of a key; changes nothing anywhere. */
  public void explain(ItemKey key, Consumer<Explanation> done) {
    int n = view.get().primariesOf(key).size();
    PreferenceList list = view.get().ring().preferenceList(view.get().partitionOf(key), n);
    new KeyInspection(around, key, list, done).start();
  }

  private sealed interface Planned {
    record Ready(PutCoordination.Plan plan) implements Planned {}

    record Refused(Failure failure) implements Planned {}
  }

  private Planned plan(PutRequest request, int timeoutMillis) {
    Optional<BucketType> known = view.get().typeOf(request.key());
    if (known.isEmpty()) {
      return new Planned.Refused(unknownType());
    }
    BucketType type = known.get();
    PreferenceList list = listOf(request.key(), type);
    Quorums.Write quorum = Quorums.write(type, list.owners(), request.options());
    int bytes = request.content().value().length();
    Optional<Failure> refusal =
        bytes > type.limits().valueBytes()
            ? Optional.of(new Failure.TooLarge(bytes, type.limits().valueBytes()))
            : Quorums.refusal(type, quorum);
    return refusal.isPresent()
        ? new Planned.Refused(refusal.get())
        : new Planned.Ready(
            new PutCoordination.Plan(
                request, type, list, quorum, around.stamps().now(), deadline(timeoutMillis)));
  }

  private void coordinateHere(PutCoordination.Plan plan, Consumer<PutOutcome> done) {
    new PutCoordination(around, replica, plan, done).start();
  }

  /** Every write has a name, so that its attempts can be told from others' writes. */
  private PutRequest named(PutRequest request) {
    if (!request.content().requestId().isEmpty()) {
      return request;
    }
    Bytes name = new Encoder(16).fixed64(entropy.nextLong()).fixed64(entropy.nextLong()).toBytes();
    return request.withRequestId(name);
  }

  /**
   * A span becomes a moment where the client's request came in, once for all coordinators that are
   * tried: their clocks may differ by more than the span (ADR 12).
   */
  private PutRequest dated(PutRequest request) {
    Optional<Duration> usual = view.get().typeOf(request.key()).flatMap(BucketType::ttl);
    return request.dated(usual, around.clock().wallMillis());
  }

  private PreferenceList listOf(ItemKey key, BucketType type) {
    return view.get().ring().preferenceList(view.get().partitionOf(key), type.n());
  }

  /**
   * Refuses a client's request while too few of its replicas have room. Forwarded ones are let in:
   * some work was done for them already, and a replica that has no room at all says so itself.
   */
  private Optional<Failure> overload(PreferenceList list, int needed) {
    long full = list.primaries().stream().filter(this::isFull).count();
    if (full <= list.owners() - needed && around.inquiries().openCount() < MAX_IN_FLIGHT) {
      return Optional.empty();
    }
    around.observer().count(Observer.Event.OVERLOADED);
    return Optional.of(new Failure.Overloaded());
  }

  private boolean isFull(MemberId member) {
    return member.equals(around.inquiries().self())
        ? replica.isFull(BEARABLE_NANOS)
        : around.inquiries().isFull(member, BEARABLE_NANOS);
  }

  private long deadline(int timeoutMillis) {
    return around.clock().nanos() + timeoutMillis * 1_000_000L;
  }

  private static Failure unknownType() {
    return new Failure.Invalid("no such bucket type");
  }
}
