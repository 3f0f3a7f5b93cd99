package io.cartwheel.core.replica;

import io.cartwheel.core.item.MalformedException;
import io.cartwheel.core.port.Clock;
import io.cartwheel.core.port.Observer;
import io.cartwheel.core.port.StorageEngine;
import io.cartwheel.core.port.StorageEngine.Address;
import io.cartwheel.core.port.StorageEngine.ReadResult;
import io.cartwheel.core.port.StorageEngine.WriteResult;
import io.cartwheel.core.version.VersionSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * The keys that one shard stores: reads them, merges into them, and coordinates writes to them.
 *
 * <p>Replicas only merge; the conflict policy and the limits act where a write is coordinated. A
 * record that fails its checksum is set aside, and the key knows that it lost something until
 * {@link #recover} makes that good.
 */
public final class Replica {
  private static final long NEVER = Long.MAX_VALUE;

  private final StorageEngine engine;
  private final DotMint mint;
  private final Clock clock;
  private final Observer observer;
  private final KeyQueue queue = new KeyQueue();

  public Replica(StorageEngine engine, DotMint mint, Clock clock, Observer observer) {
    this.engine = engine;
    this.mint = mint;
    this.clock = clock;
    this.observer = observer;
  }

  /** How many keys have a turn under way. */
  public int keysBusy() {
    return queue.keysBusy();
  }

  /** The key's present state. */
  public void read(Address address, Consumer<ReplicaOutcome> done) {
    engine.read(
        address,
        result -> {
          switch (Loaded.of(result)) {
            case Loaded.Sound(StoredRecord record) -> done.accept(held(record));
            case Loaded.Failed _ -> fail(done);
            // Setting it aside is a write, so it waits for its turn, which looks again.
            case Loaded.Damaged _ ->
                inTurn(address, NEVER, done, (record, end) -> end.accept(held(record)));
          }
        });
  }

  /** Joins a state from elsewhere into the key's. */
  public void merge(
      Address address, VersionSet incoming, long deadlineNanos, Consumer<ReplicaOutcome> done) {
    inTurn(
        address,
        deadlineNanos,
        done,
        (record, end) -> {
          VersionSet merged = record.state().merge(incoming);
          if (merged.sharedDots() > record.state().sharedDots()) {
            observer.count(Observer.Event.DOT_SHARED);
          }
          store(address, record, record.with(merged), end);
        });
  }

  /** Puts a write under a new dot: the only place where dots are made. */
  public void coordinate(Address address, LocalWrite write, Consumer<ReplicaOutcome> done) {
    inTurn(
        address,
        write.deadlineNanos(),
        done,
        (record, end) -> {
          switch (CoordinatedUpdate.of(record, write, mint, clock.wallMillis())) {
            case CoordinatedUpdate.Next(StoredRecord next) -> {
              if (!next.epoch().equals(record.epoch())) {
                observer.count(Observer.Event.EPOCH_OPENED);
              }
              store(address, record, next, end);
            }
            case CoordinatedUpdate.AlreadyDone _ -> {
              observer.count(Observer.Event.RETRY_RECOGNISED);
              end.accept(held(record));
            }
            case CoordinatedUpdate.Full(int siblings, int bytes) -> {
              observer.count(Observer.Event.SIBLINGS_REFUSED);
              end.accept(new ReplicaOutcome.SiblingsFull(siblings, bytes));
            }
          }
        });
  }

  /**
   * Joins what all other primaries hold into a key that lost its record, which makes it whole.
   *
   * @param lossMark the loss that this makes good; a newer one stays
   */
  public void recover(
      Address address, VersionSet everything, long lossMark, Consumer<ReplicaOutcome> done) {
    inTurn(
        address,
        NEVER,
        done,
        (record, end) -> {
          StoredRecord joined = record.with(record.state().merge(everything));
          boolean madeGood = record.lossMark() == lossMark;
          if (madeGood) {
            observer.count(Observer.Event.KEY_RECOVERED);
          }
          store(address, record, madeGood ? joined.whole() : joined, end);
        });
  }

  /** Runs a read-merge-write of the key's record when all earlier ones have ended. */
  private void inTurn(
      Address address,
      long deadlineNanos,
      Consumer<ReplicaOutcome> done,
      BiConsumer<StoredRecord, Consumer<ReplicaOutcome>> step) {
    KeyQueue.Turn turn =
        end -> {
          Consumer<ReplicaOutcome> ending =
              outcome -> {
                try {
                  done.accept(outcome);
                } finally {
                  // A caller that throws is a bug; it must not cost all later writes of the key.
                  end.run();
                }
              };
          if (clock.nanos() >= deadlineNanos) {
            observer.count(Observer.Event.EXPIRED_DROPPED);
            ending.accept(new ReplicaOutcome.Expired());
          } else {
            load(address, ending, step);
          }
        };
    if (!queue.submit(address.key(), turn)) {
      observer.count(Observer.Event.OVERLOADED);
      done.accept(new ReplicaOutcome.Overloaded());
    }
  }

  private void load(
      Address address,
      Consumer<ReplicaOutcome> end,
      BiConsumer<StoredRecord, Consumer<ReplicaOutcome>> step) {
    engine.read(
        address,
        result -> {
          switch (Loaded.of(result)) {
            case Loaded.Sound(StoredRecord record) -> step.accept(record, end);
            case Loaded.Damaged _ -> setAside(address, end, step);
            case Loaded.Failed _ -> fail(end);
          }
        });
  }

  private void setAside(
      Address address,
      Consumer<ReplicaOutcome> end,
      BiConsumer<StoredRecord, Consumer<ReplicaOutcome>> step) {
    StoredRecord lost = StoredRecord.lost(mint.nextLossMark());
    engine.quarantine(
        address,
        lost.encode(),
        result -> {
          switch (result) {
            case WriteResult.Written _ -> {
              observer.count(Observer.Event.RECORD_QUARANTINED);
              step.accept(lost, end);
            }
            case WriteResult.Failed _ -> failWrite(end);
          }
        });
  }

  private void store(
      Address address, StoredRecord before, StoredRecord after, Consumer<ReplicaOutcome> end) {
    if (after.equals(before)) {
      end.accept(held(before));
      return;
    }
    engine.write(
        address,
        after.encode(),
        result -> {
          switch (result) {
            case WriteResult.Written _ -> end.accept(held(after));
            case WriteResult.Failed _ -> failWrite(end);
          }
        });
  }

  /** After a failed write the disk may hold either record, so no epoch may claim either. */
  private void failWrite(Consumer<ReplicaOutcome> end) {
    mint.endEpochs();
    fail(end);
  }

  private void fail(Consumer<ReplicaOutcome> end) {
    observer.count(Observer.Event.STORAGE_FAILED);
    end.accept(new ReplicaOutcome.StorageFailed());
  }

  private static ReplicaOutcome.Held held(StoredRecord record) {
    return new ReplicaOutcome.Held(record.state(), record.lossMark());
  }

  /** What a read of the engine comes to. */
  private sealed interface Loaded {
    record Sound(StoredRecord record) implements Loaded {}

    record Damaged() implements Loaded {}

    record Failed() implements Loaded {}

    static Loaded of(ReadResult result) {
      return switch (result) {
        case ReadResult.Absent _ -> new Sound(StoredRecord.NOTHING);
        case ReadResult.Damaged _ -> new Damaged();
        case ReadResult.Failed _ -> new Failed();
        case ReadResult.Found(var encoded) -> {
          try {
            yield new Sound(StoredRecord.decode(encoded));
          } catch (MalformedException _) {
            yield new Damaged();
          }
        }
      };
    }
  }
}
