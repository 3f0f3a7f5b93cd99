package io.cartwheel.core.replica;

import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.item.ItemKey;
import io.cartwheel.core.membership.Stamps;
import io.cartwheel.core.port.Clock;
import io.cartwheel.core.port.Observer;
import io.cartwheel.core.port.StorageEngine;
import io.cartwheel.core.port.StorageEngine.Address;
import io.cartwheel.core.port.StorageEngine.WriteResult;
import io.cartwheel.core.ring.MemberId;
import io.cartwheel.core.version.VersionSet;
import java.util.ArrayList;
import java.util.List;
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
  private final StorageEngine engine;
  private final DotMint mint;
  private final Clock clock;
  private final Observer observer;
  private final OwedRecords owed;
  private final Turns turns;
  private final Stamps stamps;
  private final List<RecordListener> listeners = new ArrayList<>();
  private boolean open = true;

  public Replica(
      StorageEngine engine,
      DotMint mint,
      HintLedger hints,
      Stamps stamps,
      Clock clock,
      Observer observer) {
    this.engine = engine;
    this.mint = mint;
    this.stamps = stamps;
    owed = new OwedRecords(engine, hints, clock, observer);
    turns = new Turns(clock, observer);
    this.clock = clock;
    this.observer = observer;
  }

  /** From now on this one hears of changes too. */
  public void listener(RecordListener another) {
    listeners.add(another);
  }

  /** Whether it reads and writes; while it does not it refuses everything as if overloaded. */
  public void open(boolean nowOpen) {
    open = nowOpen;
  }

  /** Somebody who looks through all records saw this one. */
  public void seen(Address address, VersionSet state) {
    listeners.forEach(each -> each.seen(address, state));
  }

  /** How many keys have a turn under way. */
  public int keysBusy() {
    return turns.keysBusy();
  }

  /** Whether a turn at the key is under way, so that its record may be about to change. */
  public boolean isBusy(ItemKey key) {
    return turns.isBusy(key);
  }

  /** Whether so much is under way that more would wait for longer than so. */
  public boolean isFull(long delayNanos) {
    return turns.isFull(delayNanos);
  }

  /** The key's present state. */
  public void read(Address address, Consumer<ReplicaOutcome> done) {
    if (!open) {
      done.accept(new ReplicaOutcome.Overloaded());
      return;
    }
    if (turns.refuses(done)) {
      return;
    }
    Runnable ended = turns.began();
    engine.read(
        address,
        result -> {
          ended.run();
          switch (Loaded.of(result)) {
            case Loaded.Sound(StoredRecord record) -> done.accept(held(record));
            case Loaded.Failed _ -> fail(done);
            // Setting it aside is a write, so it waits for its turn, which looks again.
            case Loaded.Damaged _ -> readInTurn(address, done);
          }
        });
  }

  /** The key's state once all turns at it that were asked for before have ended. */
  public void readInTurn(Address address, Consumer<ReplicaOutcome> done) {
    inTurn(address, Turns.NEVER, done, (record, end) -> end.accept(held(record)));
  }

  /** Joins a state from elsewhere into the key's. */
  public void merge(Address address, Incoming incoming, Consumer<ReplicaOutcome> done) {
    inTurn(
        address,
        incoming.deadlineNanos(),
        done,
        (record, end) -> {
          // Not before: the state may have been forgotten while this waited for its turn.
          if (isOutdated(incoming.stamp(), end)) {
            return;
          }
          VersionSet merged = record.state().merge(incoming.state());
          if (merged.sharedDots() > record.state().sharedDots()) {
            observer.count(Observer.Event.DOT_SHARED);
          }
          store(address, record, record.with(merged).owing(incoming.owed()), end);
        });
  }

  private boolean isOutdated(long stamp, Consumer<ReplicaOutcome> end) {
    boolean outdated = stamps.isOutdated(stamp);
    if (outdated) {
      observer.count(Observer.Event.OUTDATED_REFUSED);
      end.accept(new ReplicaOutcome.Outdated());
    }
    return outdated;
  }

  /**
   * Sets a key's record aside as if it were damaged, and what it owes with it: it comes from an
   * older copy of the disk, and may hold what all others have forgotten.
   *
   * @param keep whether this node is an owner: then the key knows that it lost something
   */
  public void setAside(Address address, boolean keep, Consumer<ReplicaOutcome> done) {
    turns.take(
        address.key(),
        Turns.NEVER,
        done,
        end ->
            setAside(
                address,
                end,
                (lost, ended) -> commit(address, lost, keep ? lost : StoredRecord.NOTHING, ended)));
  }

  /**
   * Strikes off an owner that has what it was owed; a record that is kept for nobody any more goes.
   * Nothing changes if the key has changed since, for then the owner is owed the change.
   *
   * @param delivered the state that the owner holds durably
   * @param keep whether this node is an owner itself, and keeps the record anyway
   */
  public void settle(
      Address address,
      MemberId owner,
      VersionSet delivered,
      boolean keep,
      Consumer<ReplicaOutcome> done) {
    inTurn(
        address,
        Turns.NEVER,
        done,
        (record, end) -> {
          StoredRecord settled = record.settledWith(owner);
          Consumer<ReplicaOutcome> counted =
              record.owes(owner) ? counting(Observer.Event.HINT_DELIVERED, end) : end;
          if (!record.state().equals(delivered)) {
            end.accept(held(record));
          } else if (settled.owed().isEmpty() && !keep) {
            commit(address, record, StoredRecord.NOTHING, counted);
          } else {
            commit(address, record, settled, counted);
          }
        });
  }

  /**
   * Takes up a hint that a start finds in the engine. One that is damaged is made anew: the record
   * says itself to whom it is owed, though not since when.
   *
   * @param keep whether this node is an owner itself, and keeps the record anyway; if not, one that
   *     was lost, with all that it said, goes too. What holds anything stays: it may be the last
   * @param taken hears whether it was, or is as damaged as before
   */
  void takeUp(Address address, Bytes hint, boolean keep, Consumer<Boolean> taken) {
    if (owed.takeUp(address, hint)) {
      taken.accept(true);
      return;
    }
    inTurn(
        address,
        Turns.NEVER,
        outcome -> taken.accept(outcome instanceof ReplicaOutcome.Held),
        (record, end) -> {
          boolean owing = !record.owed().isEmpty();
          boolean useless = !owing && !keep && record.state().isEmpty();
          commit(
              address,
              record,
              useless ? StoredRecord.NOTHING : record,
              owing ? counting(Observer.Event.HINT_SURVIVED, end) : end);
        });
  }

  Consumer<ReplicaOutcome> counting(Observer.Event event, Consumer<ReplicaOutcome> end) {
    return outcome -> {
      if (outcome instanceof ReplicaOutcome.Held) {
        observer.count(event);
      }
      end.accept(outcome);
    };
  }

  /** Puts a write under a new dot: the only place where dots are made. */
  public void coordinate(Address address, LocalWrite write, Consumer<ReplicaOutcome> done) {
    inTurn(
        address,
        write.deadlineNanos(),
        done,
        (record, end) -> {
          if (turns.isExpired(write.deadlineNanos())) {
            // The disk may have taken its time: a write that is given up must not come up later.
            end.accept(new ReplicaOutcome.Expired());
            return;
          }
          switch (CoordinatedUpdate.of(record, write, mint, clock.wallMillis())) {
            case CoordinatedUpdate.Next(StoredRecord next) -> {
              if (!next.epoch().equals(record.epoch())) {
                observer.count(Observer.Event.EPOCH_OPENED);
              }
              store(address, record, next, end);
            }
            case CoordinatedUpdate.AlreadyDone _ -> {
              observer.count(Observer.Event.RETRY_RECOGNISED);
              // The earlier attempt may have met other owners missing than this one does.
              store(address, record, record.owing(write.owed()), end);
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
      Address address, Incoming everything, long lossMark, Consumer<ReplicaOutcome> done) {
    inTurn(
        address,
        everything.deadlineNanos(),
        done,
        (record, end) -> {
          if (isOutdated(everything.stamp(), end)) {
            return;
          }
          StoredRecord joined = record.with(record.state().merge(everything.state()));
          boolean madeGood = record.lossMark() == lossMark;
          if (madeGood) {
            observer.count(Observer.Event.KEY_RECOVERED);
          }
          store(address, record, madeGood ? joined.whole() : joined, end);
        });
  }

  /** Runs a read-merge-write of the key's record when all earlier ones have ended. */
  void inTurn(
      Address address,
      long deadlineNanos,
      Consumer<ReplicaOutcome> done,
      BiConsumer<StoredRecord, Consumer<ReplicaOutcome>> step) {
    if (!open) {
      done.accept(new ReplicaOutcome.Overloaded());
      return;
    }
    turns.take(address.key(), deadlineNanos, done, end -> load(address, end, step));
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
              listeners.forEach(each -> each.uncertain(address));
              step.accept(lost, end);
            }
            case WriteResult.Failed _ -> failWrite(address, end);
          }
        });
  }

  private void store(
      Address address, StoredRecord before, StoredRecord after, Consumer<ReplicaOutcome> end) {
    if (after.equals(before)) {
      end.accept(held(before));
      return;
    }
    boolean owes = !before.owed().isEmpty() || !after.owed().isEmpty();
    if (owes || after.equals(StoredRecord.NOTHING)) {
      commit(address, before, after, end);
      return;
    }
    engine.write(
        address,
        after.encode(),
        result -> {
          switch (result) {
            case WriteResult.Written _ -> {
              changed(address, before, after);
              end.accept(held(after));
            }
            case WriteResult.Failed _ -> failWrite(address, end);
          }
        });
  }

  void commit(
      Address address, StoredRecord before, StoredRecord after, Consumer<ReplicaOutcome> end) {
    owed.commit(
        address,
        before,
        after,
        result -> {
          switch (result) {
            case OwedRecords.Result.Kept _ -> {
              changed(address, before, after);
              end.accept(held(after));
            }
            case OwedRecords.Result.NoRoom _ -> end.accept(new ReplicaOutcome.HintsFull());
            case OwedRecords.Result.Failed _ -> failWrite(address, end);
          }
        });
  }

  private void changed(Address address, StoredRecord before, StoredRecord after) {
    listeners.forEach(each -> each.changed(address, before.state(), after.state()));
  }

  /** After a failed write the disk may hold either record, so no epoch may claim either. */
  private void failWrite(Address address, Consumer<ReplicaOutcome> end) {
    mint.endEpochs();
    listeners.forEach(each -> each.uncertain(address));
    fail(end);
  }

  private void fail(Consumer<ReplicaOutcome> end) {
    observer.count(Observer.Event.STORAGE_FAILED);
    end.accept(new ReplicaOutcome.StorageFailed());
  }

  static ReplicaOutcome.Held held(StoredRecord record) {
    return new ReplicaOutcome.Held(record.state(), record.lossMark());
  }
}
