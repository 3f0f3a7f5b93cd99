package io.cartwheel.core.overload;

/**
 * What is under way at one place, and whether more of it would only wait.
 *
 * <p>The place is full when as much is under way as it does in the bearable delay, by its
 * throughput of late. But a burst after a lull is no overload: while what ends ends soon, much more
 * is let in, since the throughput of late says little then. So the bound can't spiral down:
 * whenever it is too low, what it lets in ends soon, and it rises.
 */
public final class UnderWay {
  /** So much is always let in; on a slow start, too. */
  public static final int FLOOR = 32;

  /** So much is let in while nothing waits to speak of: a burst that may yet be done in no time. */
  public static final int BURST = 1024;

  /** What takes longer than this has probably waited behind something. */
  public static final long WAITED_NANOS = 100_000_000L;

  private static final double NANOS_PER_SECOND = 1e9;

  /** One new time weighs an eighth. */
  private static final int SMOOTHING = 8;

  private final Throughput throughput = new Throughput();
  private int count;
  private long tookNanos;
  private long movedNanos;

  /** How much is under way. */
  public int count() {
    return count;
  }

  /** Something more is under way. */
  public void began(long nowNanos) {
    if (count++ == 0) {
      movedNanos = nowNanos;
      tookNanos = 0;
    }
  }

  /** Something was done that had begun then. */
  public void done(long beganNanos, long nowNanos) {
    count--;
    movedNanos = nowNanos;
    tookNanos += (nowNanos - beganNanos - tookNanos) / SMOOTHING;
    throughput.add(nowNanos);
  }

  /** Something ended without being done: refused, lost, given up. */
  public void dropped() {
    count--;
  }

  /**
   * Whether more would wait for longer than the delay that is bearable.
   *
   * @param delayNanos how long that is; the longer, the more the place takes
   */
  public boolean isFull(long delayNanos, long nowNanos) {
    return count >= FLOOR && count >= limit(delayNanos, nowNanos);
  }

  private double limit(long delayNanos, long nowNanos) {
    double bearable = throughput.perSecond(nowNanos) * delayNanos / NANOS_PER_SECOND;
    return Math.max(bearable, isWaiting(nowNanos) ? FLOOR : BURST);
  }

  /** What ended of late took its time, or nothing has ended for a while. */
  private boolean isWaiting(long nowNanos) {
    return tookNanos > WAITED_NANOS || nowNanos - movedNanos > WAITED_NANOS;
  }
}
