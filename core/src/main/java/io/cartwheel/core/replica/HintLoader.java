package io.cartwheel.core.replica;

import io.cartwheel.core.port.StorageEngine;
import io.cartwheel.core.port.StorageEngine.Address;
import io.cartwheel.core.port.StorageEngine.Entry;
import io.cartwheel.core.port.StorageEngine.ScanResult;
import io.cartwheel.core.port.StorageEngine.Start;
import io.cartwheel.core.port.Timers;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;
import java.util.Queue;

/** Finds, when a shard starts, what it owed before: partition by partition, requests meanwhile. */
public final class HintLoader {
  private static final int BATCH = 500;
  private static final long AGAIN_AFTER_NANOS = 1_000_000_000L;

  private final StorageEngine engine;
  private final Timers timers;
  private final Replica replica;
  private final Queue<Integer> partitions;

  /**
   * A loader of these partitions' hints.
   *
   * @param partitions those of the shard
   */
  public HintLoader(
      StorageEngine engine, Timers timers, Replica replica, Collection<Integer> partitions) {
    this.engine = engine;
    this.timers = timers;
    this.replica = replica;
    this.partitions = new ArrayDeque<>(partitions);
  }

  public void start() {
    Integer partition = partitions.peek();
    if (partition != null) {
      load(partition, Start.FIRST);
    }
  }

  private void load(int partition, Start after) {
    engine.scanHints(
        partition,
        after,
        BATCH,
        result -> {
          switch (result) {
            case ScanResult.Batch(List<Entry> entries) -> {
              entries.forEach(
                  entry -> replica.takeUp(new Address(partition, entry.key()), entry.record()));
              // Not from within the call: an engine may answer within it, for ever so many.
              timers.after(0, () -> goOn(partition, entries));
            }
            case ScanResult.Failed _ ->
                timers.after(AGAIN_AFTER_NANOS, () -> load(partition, after));
          }
        });
  }

  private void goOn(int partition, List<Entry> entries) {
    if (entries.size() == BATCH) {
      load(partition, new Start.After(entries.getLast().key()));
    } else {
      partitions.remove();
      start();
    }
  }
}
