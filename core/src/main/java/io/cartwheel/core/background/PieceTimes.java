package io.cartwheel.core.background;

/**
 * How long pieces of one kind of work take, and whether they wait for something: most of those that
 * ended of late took much longer than the quickest of the last minute did, or none ends at all.
 *
 * <p>That shows queues wherever a piece goes, at other members too, whose requests this shard knows
 * nothing of.
 */
final class PieceTimes {
  private static final long HALF_MINUTE_NANOS = 30_000_000_000L;

  private final long lateNanos;
  private long least = Long.MAX_VALUE;
  private long leastBefore = Long.MAX_VALUE;
  private long sinceNanos = Long.MIN_VALUE / 2;
  private int underWay;
  private int underWayBefore;
  private int ended;
  private int late;

  PieceTimes(long lateNanos) {
    this.lateNanos = lateNanos;
  }

  int underWay() {
    return underWay;
  }

  void began() {
    underWay++;
  }

  void ended(long tookNanos, long nowNanos) {
    underWay--;
    turnTo(nowNanos);
    least = Math.min(least, tookNanos);
    ended++;
    late += tookNanos > 2 * Math.min(least, leastBefore) + lateNanos ? 1 : 0;
  }

  /** Whether pieces have waited since this was asked last. */
  boolean haveWaited() {
    boolean waited = ended > 0 ? 2 * late > ended : underWayBefore > 0 && underWay > 0;
    underWayBefore = underWay;
    ended = 0;
    late = 0;
    return waited;
  }

  private void turnTo(long nowNanos) {
    if (nowNanos - sinceNanos >= HALF_MINUTE_NANOS) {
      leastBefore = nowNanos - sinceNanos >= 2 * HALF_MINUTE_NANOS ? Long.MAX_VALUE : least;
      least = Long.MAX_VALUE;
      sinceNanos = nowNanos;
    }
  }
}
