package io.cartwheel.storage.rocksdb;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The store's own threads: for what must wait for the disk or the database. */
final class Workers {
  /** How much may wait for a thread; past it the store answers that it failed. */
  private static final int QUEUE_LIMIT = 1 << 16;

  /** For reads and scans that need the disk. */
  final ExecutorService readers;

  /** One thread, in the order of asking: for writes that would hold up a shard. */
  final ExecutorService writer = pool("store-write", 1);

  /** One thread, for giving space back. */
  final ExecutorService reclaimer = pool("store-reclaim", 1);

  Workers(int readerThreads) {
    readers = pool("store-read", readerThreads);
  }

  /** Takes no new work; what was taken is done. */
  void shutdown() {
    all().forEach(ExecutorService::shutdown);
  }

  /** Whether all that callers wait for was done within the time. */
  boolean awaitRequests(Duration patience) {
    return await(List.of(readers, writer), patience);
  }

  /** Whether all work was done within the time. */
  boolean awaitAll(Duration patience) {
    return await(all(), patience);
  }

  /** Whether the pools, once shut down, ended within the time; waits on even if interrupted. */
  static boolean await(List<? extends ExecutorService> pools, Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    boolean interrupted = false;
    boolean done = false;
    while (!done && System.nanoTime() < deadline) {
      try {
        done = awaitUntil(deadline, pools);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return done;
  }

  private static boolean awaitUntil(long deadline, List<? extends ExecutorService> pools)
      throws InterruptedException {
    for (ExecutorService pool : pools) {
      if (!pool.awaitTermination(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        return false;
      }
    }
    return true;
  }

  private List<ExecutorService> all() {
    return List.of(readers, writer, reclaimer);
  }

  private static ExecutorService pool(String name, int threads) {
    return new ThreadPoolExecutor(
        threads,
        threads,
        0,
        TimeUnit.SECONDS,
        new LinkedBlockingQueue<>(QUEUE_LIMIT),
        Thread.ofPlatform().name(name + "-", 0).daemon().factory());
  }
}
