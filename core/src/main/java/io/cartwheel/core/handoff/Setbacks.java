package io.cartwheel.core.handoff;

import io.cartwheel.core.replica.HintLedger.Due;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Debts that could not be handed over, each put off for itself: twice as long each time, within
 * bounds. Of all others there is nothing here.
 */
final class Setbacks {
  private static final long LEAST_NANOS = 1_000_000_000L;
  private static final long MOST_NANOS = 8 * LEAST_NANOS;

  private final Map<Due, Setback> all = new LinkedHashMap<>();

  private record Setback(long delayNanos, long untilNanos) {}

  boolean isPutOff(Due due, long nowNanos) {
    Setback setback = all.get(due);
    return setback != null && nowNanos < setback.untilNanos();
  }

  void failed(Due due, long nowNanos) {
    Setback before = all.get(due);
    long delay = before == null ? LEAST_NANOS : Math.min(2 * before.delayNanos(), MOST_NANOS);
    all.put(due, new Setback(delay, nowNanos + delay));
  }

  void forget(Due due) {
    all.remove(due);
  }

  void forgetAll() {
    all.clear();
  }

  int count() {
    return all.size();
  }
}
