package io.cartwheel.benchmarks.load;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/** Threads that do the same thing at the same time, each on a connection of its own. */
final class Crew {
  private final int threads;
  private final ExecutorService executor;
  private final List<Future<?>> work = new ArrayList<>();

  /** Platform threads: one that blocks in a read costs no more system calls than the read. */
  Crew(int threads) {
    this.threads = threads;
    executor =
        Executors.newFixedThreadPool(
            threads, Thread.ofPlatform().daemon().name("load-", 0).factory());
  }

  /**
   * Has each thread begin.
   *
   * @param task is given the thread's number, 0 and up
   */
  void start(IntConsumer task) {
    for (int i = 0; i < threads; i++) {
      int thread = i;
      work.add(executor.submit(() -> task.accept(thread)));
    }
    executor.shutdown();
  }

  /**
   * Waits until all have ended.
   *
   * @param meanwhile is run on the calling thread, several times a second
   */
  void await(Runnable meanwhile) {
    try {
      while (!executor.awaitTermination(250, TimeUnit.MILLISECONDS)) {
        meanwhile.run();
      }
      for (Future<?> each : work) {
        each.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a thread of the load failed", e);
    }
  }
}
