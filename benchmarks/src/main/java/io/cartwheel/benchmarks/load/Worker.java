package io.cartwheel.benchmarks.load;

import io.cartwheel.benchmarks.http.Outcome;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;

/** One thread's part of a workload. */
final class Worker {
  private final RecordClient client;
  private final Workload workload;
  private final Schedule schedule;
  private final Tally tally;

  Worker(RecordClient client, Workload workload, Schedule schedule, Tally tally) {
    this.client = client;
    this.workload = workload;
    this.schedule = schedule;
    this.tally = tally;
  }

  /** Works until the window's end. */
  void run(Window window, RandomGenerator random, ScrambledZipfian records) {
    while (true) {
      long due = schedule.next(System.nanoTime());
      if (due - window.endNanos() >= 0) {
        return;
      }
      await(due);
      if (System.nanoTime() - window.endNanos() >= 0) {
        tally.unsent(schedule.unsent(window.endNanos()));
        return;
      }
      work(workload.choose(random), records.next(), due);
    }
  }

  private void work(Operation operation, int record, long due) {
    Outcome outcome =
        switch (operation) {
          case READ -> client.read(record);
          case UPDATE -> client.update(record, read -> tally.readFirst(read, due));
        };
    tally.ended(operation, outcome, due, System.nanoTime());
  }

  private static void await(long due) {
    for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
