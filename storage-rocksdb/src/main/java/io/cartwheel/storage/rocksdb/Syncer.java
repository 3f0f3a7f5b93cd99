package io.cartwheel.storage.rocksdb;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Fsyncs the log every so often while there are writes: durability {@code interval}. */
final class Syncer {
  /** A log of writes that can be fsynced. */
  interface Log {
    /** Rises with each write. */
    long sequence();

    /** Makes all writes so far safe from power failures. */
    void sync() throws IOException;
  }

  private final Log log;
  private final Health health;
  private final StoreListener listener;
  private final Counters counters;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("store-sync").daemon().factory());

  /** The sequence up to which the log is synced; the sync thread's. */
  private long synced = -1;

  Syncer(Log log, Health health, StoreListener listener, Counters counters) {
    this.log = log;
    this.health = health;
    this.listener = listener;
    this.counters = counters;
  }

  void start(Duration interval) {
    long nanos = interval.toNanos();
    thread.scheduleAtFixedRate(this::sync, nanos, nanos, TimeUnit.NANOSECONDS);
  }

  /**
   * Syncs all writes so far, then runs the task on the sync thread, however that went.
   *
   * @throws java.util.concurrent.RejectedExecutionException once it is closed
   */
  void syncNow(Runnable then) {
    thread.execute(() -> {
      sync();
      then.run();
    });
  }

  /** Ends the thread and syncs what is left; whether the disk let it, within the time. */
  boolean close(Duration patience) {
    // Not on the caller's thread: interrupted, it would close the file instead of syncing it.
    thread.execute(this::sync);
    return end(patience);
  }

  /** Ends the thread and leaves what is not synced as it is; whether it ended within the time. */
  boolean end(Duration patience) {
    thread.shutdown();
    return Workers.await(List.of(thread), patience);
  }

  private void sync() {
    long sequence = log.sequence();
    if (sequence == synced || health.failure().isPresent()) {
      return;
    }
    long start = System.nanoTime();
    try {
      log.sync();
    } catch (IOException | RuntimeException e) {
      // Whatever else it is: the schedule would end without a word, and with it what is promised.
      health.broke("fsync of the log failed: " + e);
      return;
    }
    synced = sequence;
    counters.syncs.increment();
    listener.synced(Duration.ofNanos(System.nanoTime() - start));
  }
}
