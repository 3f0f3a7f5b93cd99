package io.cartwheel.core.background;

import io.cartwheel.core.overload.LatencyWindow;
import java.util.OptionalLong;

/**
 * How clients' requests at one shard fare, from the moment they came in to the answer.
 *
 * <p>They should take no longer than twice what they take in calm times, when background work has
 * next to nothing: the 99th percentile of the last minute is held against that. Once it is above,
 * what counts is whether requests are still slow: for those of half a minute ago nothing can be
 * done.
 */
public final class Foreground {
  /** What is so quick need not be quicker; below, noise would throttle. */
  static final long LEAST_TARGET_NANOS = 5_000_000L;

  static final long MOST_TARGET_NANOS = 500_000_000L;

  /** While calm times were not seen yet. */
  static final long FIRST_TARGET_NANOS = 50_000_000L;

  /** After so long without requests there are none. */
  static final long IDLE_NANOS = 5_000_000_000L;

  /** Only what comes after so many looks since anything disturbed it shows calm times. */
  private static final int CALM_LOOKS = 4;

  /**
   * A target falls at once but rises slowly, twofold in half a minute: a bad while without any
   * background work is no reason to make it worse.
   */
  private static final long LENIENCE = 200;

  private final LatencyWindow all = new LatencyWindow();
  private final LatencyWindow calm = new LatencyWindow();
  private long targetNanos = FIRST_TARGET_NANOS;
  private long p99Nanos;
  private long lastNanos = Long.MIN_VALUE / 2;
  private int underWay;
  private int calmLooks;
  private int answered;
  private int slow;
  private int failed;

  Foreground() {}

  /** A request came in. */
  public void began(long nowNanos) {
    underWay++;
    lastNanos = nowNanos;
  }

  /**
   * It was answered.
   *
   * @param failed whether it was refused for overload, or ended at its deadline
   */
  public void ended(long beganNanos, long nowNanos, boolean failed) {
    long took = nowNanos - beganNanos;
    underWay--;
    lastNanos = nowNanos;
    answered++;
    this.failed += failed ? 1 : 0;
    slow += took > targetNanos ? 1 : 0;
    if (!failed) {
      all.add(took, nowNanos);
      if (calmLooks >= CALM_LOOKS) {
        calm.add(took, nowNanos);
      }
    }
  }

  /** It was no request for this member. */
  public void dropped() {
    underWay--;
  }

  /** More background work is done than the least: times are not calm. */
  void disturb() {
    calmLooks = 0;
  }

  /** The 99th percentile of the last minute; 0 while there are too few requests. */
  long p99Nanos() {
    return p99Nanos;
  }

  /** What the 99th percentile should not exceed. */
  long targetNanos() {
    return targetNanos;
  }

  /** Looks at what came in since the last look. */
  Reason look(long nowNanos) {
    calmLooks++;
    p99Nanos = all.p99Nanos(nowNanos).orElse(0);
    OptionalLong usual = calm.p99Nanos(nowNanos);
    if (usual.isPresent()) {
      long wanted = Math.clamp(2 * usual.getAsLong(), LEAST_TARGET_NANOS, MOST_TARGET_NANOS);
      targetNanos = Math.min(wanted, targetNanos + targetNanos / LENIENCE);
    }
    Reason reason = reason(nowNanos);
    answered = 0;
    slow = 0;
    failed = 0;
    return reason;
  }

  private Reason reason(long nowNanos) {
    if (isMoreThanOneInAHundred(failed)) {
      return Reason.FAILURES;
    }
    if (p99Nanos > targetNanos && isMoreThanOneInAHundred(slow)) {
      return Reason.P99_OVER_TARGET;
    }
    boolean idle = underWay == 0 && nowNanos - lastNanos >= IDLE_NANOS;
    return idle ? Reason.IDLE : Reason.WITHIN_TARGET;
  }

  private boolean isMoreThanOneInAHundred(int count) {
    return 100 * count > answered;
  }
}
