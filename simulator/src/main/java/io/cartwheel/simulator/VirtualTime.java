package io.cartwheel.simulator;

import io.cartwheel.core.port.Timers;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * The one queue of everything that will happen, in virtual nanoseconds; what happens at one moment
 * happens in an order drawn from the seed.
 */
final class VirtualTime {
  static final long MICROS = 1_000L;
  static final long MILLIS = 1_000_000L;
  static final long SECONDS = 1_000_000_000L;

  private final SplittableRandom ties;
  private final PriorityQueue<Event> queue = new PriorityQueue<>();
  private long now;
  private long happened;
  private long trace;

  VirtualTime(SplittableRandom ties) {
    this.ties = ties;
  }

  private static final class Event implements Comparable<Event>, Timers.Timer {
    private final long at;
    private final long tie;
    private Runnable task;

    Event(long at, long tie, Runnable task) {
      this.at = at;
      this.tie = tie;
      this.task = task;
    }

    @Override
    public void cancel() {
      task = () -> {};
    }

    @Override
    public int compareTo(Event that) {
      int byTime = Long.compare(at, that.at);
      return byTime != 0 ? byTime : Long.compare(tie, that.tie);
    }
  }

  long now() {
    return now;
  }

  long happened() {
    return happened;
  }

  /** A hash of all that was noted so far. */
  long trace() {
    return trace;
  }

  /** Adds a fact to the trace: what differs between two runs of a seed shows in its hash. */
  void note(long fact) {
    trace = (trace ^ fact) * 0x9E37_79B9_7F4A_7C15L;
    trace ^= trace >>> 29;
  }

  Timers.Timer after(long delayNanos, Runnable task) {
    var event = new Event(saturatedAdd(now, Math.max(0, delayNanos)), ties.nextLong(), task);
    queue.add(event);
    return event;
  }

  /** Lets everything happen that is due until then, and moves the clock there. */
  void runUntil(long end) {
    for (Event next = queue.peek(); next != null && next.at <= end; next = queue.peek()) {
      queue.remove();
      now = next.at;
      happened++;
      note(now);
      next.task.run();
    }
    now = end;
  }

  private static long saturatedAdd(long left, long right) {
    long sum = left + right;
    return sum < 0 ? Long.MAX_VALUE : sum;
  }
}
