package io.cartwheel.benchmarks.load;

import java.time.Duration;
import java.util.OptionalDouble;

/**
 * When one thread's requests are due.
 *
 * <p>With a rate they are due at fixed moments, whether or not the one before was answered by then:
 * a store that stalls is charged with the wait of all that should have been sent meanwhile (no
 * coordinated omission). Without one, a request is due as soon as the one before is answered.
 */
final class Schedule {
  private static final double NANOS_PER_SECOND = Duration.ofSeconds(1).toNanos();

  private final long firstNanos;
  private final double intervalNanos;
  private long count;

  private Schedule(long firstNanos, double intervalNanos) {
    this.firstNanos = firstNanos;
    this.intervalNanos = intervalNanos;
  }

  /**
   * The schedule of one of several threads, whose requests come at even distances together.
   *
   * @param rate requests a second of all threads
   * @param thread its number, 0 and up
   */
  static Schedule of(OptionalDouble rate, int thread, int threads, long startNanos) {
    if (rate.isEmpty()) {
      return new Schedule(startNanos, 0);
    }
    double distance = NANOS_PER_SECOND / rate.getAsDouble();
    return new Schedule(startNanos + (long) (distance * thread), distance * threads);
  }

  /** When the next request is due. */
  long next(long nowNanos) {
    return intervalNanos == 0 ? nowNanos : firstNanos + (long) (intervalNanos * count++);
  }

  /** How many were due before the end from the last one told on; none without a rate. */
  long unsent(long endNanos) {
    double due = Math.ceil((endNanos - firstNanos) / intervalNanos);
    return intervalNanos == 0 ? 0 : (long) due - count + 1;
  }
}
