package io.cartwheel.core.overload;

/**
 * How much was done in the best half second of the last few.
 *
 * <p>The best and not the mean: a pause, or a lull in what is asked for, says nothing about how
 * much could be done.
 */
final class Throughput {
  private static final long SLOT_NANOS = 500_000_000L;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final int SLOTS = 6;

  private final long[] done = new long[SLOTS];
  private long slot = Long.MIN_VALUE;

  void add(long nowNanos) {
    turnTo(nowNanos);
    done[Math.floorMod(slot, SLOTS)]++;
  }

  /** The half second that is not over yet counts as if nothing more came in it. */
  double perSecond(long nowNanos) {
    turnTo(nowNanos);
    long best = 0;
    for (long each : done) {
      best = Math.max(best, each);
    }
    return (double) best * NANOS_PER_SECOND / SLOT_NANOS;
  }

  private void turnTo(long nowNanos) {
    long now = Math.floorDiv(nowNanos, SLOT_NANOS);
    for (long each = Math.max(slot + 1, now - SLOTS + 1); each <= now; each++) {
      done[Math.floorMod(each, SLOTS)] = 0;
    }
    slot = Math.max(slot, now);
  }
}
