package io.cartwheel.simulator;

import io.cartwheel.core.port.Clock;

/** One node's clocks: the monotonic one is right, the wall clock is off by whatever it jumped. */
final class SimClock implements Clock {
  /** Some day in 2026, so that times look like times. */
  private static final long EPOCH_MILLIS = 1_780_000_000_000L;

  private final VirtualTime time;
  private long offByMillis;

  SimClock(VirtualTime time) {
    this.time = time;
  }

  void jump(long millis) {
    offByMillis += millis;
  }

  @Override
  public long nanos() {
    return time.now();
  }

  @Override
  public long wallMillis() {
    return EPOCH_MILLIS + time.now() / VirtualTime.MILLIS + offByMillis;
  }
}
