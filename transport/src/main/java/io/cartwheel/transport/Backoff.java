package io.cartwheel.transport;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long to wait before dialling again: twice as long after each failure, up to a bound, and
 * never quite the same for two who failed together.
 */
final class Backoff {
  private final long firstNanos;
  private final long lastNanos;
  private int failures;

  Backoff(Duration first, Duration last) {
    firstNanos = first.toNanos();
    lastNanos = last.toNanos();
  }

  /** The wait after one failure more. */
  long failed() {
    long nanos = firstNanos;
    for (int i = 0; i < failures && nanos < lastNanos; i++) {
      nanos *= 2;
    }
    failures++;
    long bounded = Math.min(nanos, lastNanos);
    return ThreadLocalRandom.current().nextLong(bounded / 2, bounded + 1);
  }

  void succeeded() {
    failures = 0;
  }
}
