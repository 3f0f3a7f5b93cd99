package io.cartwheel.benchmarks.load;

import java.time.Duration;

/**
 * The time in which requests count, on the clock of {@link System#nanoTime}.
 *
 * @param fromNanos when the warm-up is over
 * @param seconds how long it lasts
 */
record Window(long fromNanos, int seconds) {
  private static final long SECOND_NANOS = Duration.ofSeconds(1).toNanos();

  long endNanos() {
    return fromNanos + seconds * SECOND_NANOS;
  }

  boolean contains(long nanos) {
    return nanos - fromNanos >= 0 && nanos - endNanos() < 0;
  }

  /** In which of its seconds a moment lies. */
  int second(long nanos) {
    return (int) ((nanos - fromNanos) / SECOND_NANOS);
  }
}
