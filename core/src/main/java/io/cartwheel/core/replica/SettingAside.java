package io.cartwheel.core.replica;

import io.cartwheel.core.membership.ClusterView;
import io.cartwheel.core.port.StorageEngine;
import io.cartwheel.core.port.StorageEngine.Address;
import io.cartwheel.core.port.StorageEngine.ScanResult;
import io.cartwheel.core.port.StorageEngine.Start;
import io.cartwheel.core.port.Timers;
import io.cartwheel.core.ring.MemberId;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Sets all records of some partitions aside, batch by batch: of an older copy of a directory, when
 * others have forgotten something of those partitions since.
 */
public final class SettingAside {
  private static final int BATCH = 64;

  private final StorageEngine engine;
  private final Timers timers;
  private final Replica replica;
  private final Supplier<ClusterView> view;

  public SettingAside(
      StorageEngine engine, Timers timers, Replica replica, Supplier<ClusterView> view) {
    this.engine = engine;
    this.timers = timers;
    this.replica = replica;
    this.view = view;
  }

  /** Begins; {@code done} hears whether all went well, and may begin again if not. */
  public void setAside(Collection<Integer> partitions, Consumer<Boolean> done) {
    new Walk(partitions, done).next();
  }

  private final class Walk {
    private final Queue<Integer> partitions;
    private final Consumer<Boolean> done;

    Walk(Collection<Integer> partitions, Consumer<Boolean> done) {
      this.partitions = new ArrayDeque<>(partitions);
      this.done = done;
    }

    void next() {
      Integer partition = partitions.poll();
      if (partition == null) {
        done.accept(true);
      } else {
        goOn(partition, Start.FIRST);
      }
    }

    private void goOn(int partition, Start after) {
      engine.scan(
          partition,
          after,
          BATCH,
          result -> {
            switch (result) {
              case ScanResult.Failed _ -> done.accept(false);
              case ScanResult.Batch batch -> setAside(partition, batch, 0);
            }
          });
    }

    private void goOnAfter(int partition, ScanResult.Batch batch) {
      if (batch.last()) {
        next();
      } else {
        goOn(partition, new Start.After(batch.entries().getLast().key()));
      }
    }

    private void setAside(int partition, ScanResult.Batch batch, int number) {
      if (number == batch.entries().size()) {
        // Not from within the call: an engine may answer within it, for ever so many.
        timers.after(0, () -> goOnAfter(partition, batch));
        return;
      }
      var address = new Address(partition, batch.entries().get(number).key());
      List<MemberId> owners = view.get().primariesOf(address.key());
      boolean keep = owners.contains(view.get().self());
      if (keep && owners.size() == 1) {
        // Nobody else ever had it.
        setAside(partition, batch, number + 1);
        return;
      }
      replica.setAside(
          address,
          keep,
          outcome -> {
            if (outcome instanceof ReplicaOutcome.Held) {
              setAside(partition, batch, number + 1);
            } else {
              done.accept(false);
            }
          });
    }
  }
}
