package io.cartwheel.core.port;

/** Wakes a shard later. */
public interface Timers {
  /**
   * Runs the task once on the shard's thread, no earlier than after the delay.
   *
   * @return a handle that takes it back
   */
  Timer after(long delayNanos, Runnable task);

  /** A pending task. */
  interface Timer {
    /** Takes it back; without effect once it ran. */
    void cancel();
  }
}
