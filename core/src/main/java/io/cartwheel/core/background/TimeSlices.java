package io.cartwheel.core.background;

/**
 * Which slices of time, ten milliseconds each, a kind of work may begin something in: a share of
 * them, spread evenly. What is due stays so until it is used, however late that is; but a lull
 * leaves no more than one to be made up for.
 */
final class TimeSlices {
  static final long LENGTH_NANOS = 10_000_000L;

  /** Sums of fractions are not exact. */
  private static final double NEARLY_ONE = 1 - 1e-9;

  private long current = Long.MIN_VALUE / 2;
  private long used = current;
  private double credit;

  /** Whether something may be begun now, at this share of all slices. */
  boolean isOpen(double share, long nowNanos) {
    long now = Math.floorDiv(nowNanos, LENGTH_NANOS);
    if (now > current) {
      credit = Math.min(1, credit + share * (now - current));
      current = now;
    }
    return used == current || credit >= NEARLY_ONE;
  }

  /** Something is begun; whatever else is begun in this slice of time is free. */
  void use() {
    if (used != current) {
      used = current;
      credit = Math.max(0, credit - 1);
    }
  }

  /** How long it is until the next. */
  static long untilNext(long nowNanos) {
    return LENGTH_NANOS - Math.floorMod(nowNanos, LENGTH_NANOS);
  }
}
