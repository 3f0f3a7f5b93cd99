package io.cartwheel.simulator;

import io.cartwheel.core.port.Timers;

/** One life of a process: what it planned does not happen once it is dead. */
final class Life implements Timers {
  private final VirtualTime time;
  private boolean over;

  Life(VirtualTime time) {
    this.time = time;
  }

  void end() {
    over = true;
  }

  boolean isOver() {
    return over;
  }

  @Override
  public Timer after(long delayNanos, Runnable task) {
    return time.after(
        delayNanos,
        () -> {
          if (!over) {
            task.run();
          }
        });
  }
}
