package io.cartwheel.simulator;

import io.cartwheel.core.port.Timers;
import java.util.ArrayList;
import java.util.List;

/**
 * One life of a process: what it planned does not happen once it is dead, waits while it is paused,
 * and comes late, though in order, while it is slow.
 */
final class Life implements Timers {
  private final VirtualTime time;
  private final List<Runnable> waiting = new ArrayList<>();
  private boolean over;
  private boolean paused;
  private long pausedUntil = Long.MIN_VALUE;
  private long lag;
  private long lastRun;

  Life(VirtualTime time) {
    this.time = time;
  }

  void end() {
    over = true;
    waiting.clear();
  }

  boolean isOver() {
    return over;
  }

  /** What time it is in the world, whatever the process' own clock says. */
  long now() {
    return time.now();
  }

  /** The process stands still; its connections and its disk do not notice. */
  void pause() {
    paused = true;
  }

  void resume() {
    if (paused) {
      pausedUntil = time.now();
    }
    paused = false;
    List<Runnable> tasks = List.copyOf(waiting);
    waiting.clear();
    tasks.forEach(this::run);
  }

  /** Whether the process stands still, or did at that time or later. */
  boolean wasPausedSince(long nanos) {
    return paused || pausedUntil >= nanos;
  }

  /** From now on all that the process does comes so much later. */
  void lag(long nanos) {
    lag = nanos;
  }

  @Override
  public Timer after(long delayNanos, Runnable task) {
    return time.after(delayNanos, () -> run(task));
  }

  /** Runs what others do for the process, its operating system for one, even while it is paused. */
  void outside(long delayNanos, Runnable task) {
    time.after(
        delayNanos,
        () -> {
          if (!over) {
            task.run();
          }
        });
  }

  /** Runs what the process is to do now, as soon as it can. */
  void run(Runnable task) {
    if (over) {
      return;
    }
    if (paused) {
      waiting.add(task);
      return;
    }
    long at = Math.max(lastRun, time.now() + lag);
    lastRun = at;
    if (at == time.now()) {
      task.run();
    } else {
      time.after(at - time.now(), () -> runLate(task));
    }
  }

  private void runLate(Runnable task) {
    if (over) {
      return;
    }
    if (paused) {
      waiting.add(task);
    } else {
      task.run();
    }
  }
}
