package io.cartwheel.benchmarks.load;

import io.cartwheel.benchmarks.http.Answer;
import io.cartwheel.benchmarks.http.Failure;
import io.cartwheel.benchmarks.http.Outcome;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** What all threads measured in one run of one workload. For use by many threads. */
final class Tally {
  private static final long FINEST_NANOS = 1000;
  private static final int DIGITS = 3;

  private final Window window;
  private final Histogram reads = histogram();
  private final Histogram updates = histogram();
  private final Map<String, LongAdder> errors = new ConcurrentHashMap<>();
  private final AtomicLongArray perSecond;
  private final LongAdder readsOfSiblings = new LongAdder();
  private final LongAccumulator mostSiblings = new LongAccumulator(Math::max, 0);
  private final LongAdder readsBeforeUpdates = new LongAdder();
  private final LongAdder unsent = new LongAdder();

  Tally(Window window) {
    this.window = window;
    perSecond = new AtomicLongArray(window.seconds());
  }

  private static Histogram histogram() {
    var histogram = new ConcurrentHistogram(FINEST_NANOS, 2 * FINEST_NANOS, DIGITS);
    histogram.setAutoResize(true);
    return histogram;
  }

  private Histogram latencies(Operation operation) {
    return switch (operation) {
      case READ -> reads;
      case UPDATE -> updates;
    };
  }

  /** An operation that was due at one moment ended at another. */
  void ended(Operation operation, Outcome outcome, long dueNanos, long endNanos) {
    if (!window.contains(dueNanos)) {
      return;
    }
    if (!RecordClient.isSuccess(outcome)) {
      errors.computeIfAbsent(kind(outcome), kind -> new LongAdder()).increment();
      return;
    }
    latencies(operation).recordValue(endNanos - dueNanos);
    if (window.contains(endNanos)) {
      perSecond.incrementAndGet(window.second(endNanos));
    }
    if (operation == Operation.READ) {
      count((Answer) outcome);
    }
  }

  /** A read that an update needed, and that was due with it. */
  void readFirst(Outcome outcome, long dueNanos) {
    if (window.contains(dueNanos)) {
      readsBeforeUpdates.increment();
      if (outcome instanceof Answer answer) {
        count(answer);
      }
    }
  }

  /** So many requests were due and could not be sent before the end. */
  void unsent(long requests) {
    unsent.add(requests);
  }

  private void count(Answer answer) {
    if (answer.siblings() > 0) {
      readsOfSiblings.increment();
      mostSiblings.accumulate(answer.siblings());
    }
  }

  /** The word by which an error is counted. */
  static String kind(Outcome outcome) {
    return switch (outcome) {
      case Answer answer -> "status_" + answer.status();
      case Failure failure -> failure.toString();
    };
  }

  /** All of it, once the threads have ended. */
  Figures figures(Workload workload, long failovers) {
    var operations = new EnumMap<Operation, Latencies>(Operation.class);
    for (Operation operation : Operation.values()) {
      if (latencies(operation).getTotalCount() > 0) {
        operations.put(operation, new Latencies(latencies(operation)));
      }
    }
    var kinds = new TreeMap<String, Long>();
    errors.forEach((kind, count) -> kinds.put(kind, count.sum()));
    long[] seconds = new long[window.seconds()];
    for (int i = 0; i < seconds.length; i++) {
      seconds[i] = perSecond.get(i);
    }
    return new Figures(
        workload,
        Collections.unmodifiableMap(operations),
        Collections.unmodifiableMap(kinds),
        Arrays.stream(seconds).boxed().toList(),
        new Figures.Oddities(
            readsOfSiblings.sum(),
            mostSiblings.get(),
            readsBeforeUpdates.sum(),
            unsent.sum(),
            failovers));
  }
}
