package io.cartwheel.core.background;

import io.cartwheel.core.background.AdmissionController.Piece;
import io.cartwheel.core.port.Clock;
import io.cartwheel.core.port.Timers;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * One kind of work's share of what it could do: so many pieces may be under way. Less than one
 * means one, begun in some slices of time only.
 */
final class Slice {
  /** What is left to it whatever happens. */
  static final double LEAST = 0.02;

  /** From the least to all in ten seconds. */
  private static final double GROWTH = 0.025;

  private final Work work;
  private final Foreground foreground;
  private final Clock clock;
  private final Timers timers;
  private final TimeSlices slices = new TimeSlices();
  private final PieceTimes times;
  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private final Queue<Piece> pieces = new ArrayDeque<>();
  private double share = 1;
  private Reason reason = Reason.IDLE;
  private boolean waking;
  private long granted;
  private long waited;

  Slice(Work work, Foreground foreground, Clock clock, Timers timers) {
    this.work = work;
    this.foreground = foreground;
    this.clock = clock;
    this.timers = timers;
    times = new PieceTimes(work.lateNanos());
  }

  double share() {
    return share;
  }

  AdmissionController.SliceReport report() {
    return new AdmissionController.SliceReport(share, reason, granted, waited);
  }

  void add(Piece piece) {
    waited += isOpen() && hasRoom() ? 0 : 1;
    pieces.add(piece);
    wakeSoon();
  }

  void add(Runnable task) {
    waited += isOpen() ? 0 : 1;
    tasks.add(task);
    wakeSoon();
  }

  void waited() {
    waited++;
  }

  /** A piece begins; to be run once, when it ends. */
  Runnable begin() {
    long began = clock.nanos();
    grant();
    times.began();
    return () -> {
      long now = clock.nanos();
      times.ended(now - began, now);
      wakeSoon();
    };
  }

  /** What the last while was like, for all requests of this shard. */
  void adapt(Reason requests) {
    if (times.underWay() > 0) {
      disturb();
    }
    boolean waits = times.haveWaited();
    reason = waits && !requests.isTrouble() ? Reason.QUEUE_WAITS : requests;
    share =
        switch (reason) {
          case IDLE -> Math.min(1, 2 * share);
          case WITHIN_TARGET -> Math.min(1, share + GROWTH);
          case P99_OVER_TARGET, QUEUE_WAITS, FAILURES -> Math.max(LEAST, share / 2);
        };
  }

  private void grant() {
    granted++;
    disturb();
  }

  private void disturb() {
    if (share > LEAST) {
      foreground.disturb();
    }
  }

  private double allowed() {
    return work.most() * share;
  }

  private boolean hasRoom() {
    return times.underWay() < Math.max(1, (int) allowed());
  }

  private boolean isOpen() {
    return slices.isOpen(Math.min(1, allowed()), clock.nanos());
  }

  /** Never within the call of whoever has more to do: others go first. */
  private void wakeSoon() {
    if (!waking && (!tasks.isEmpty() || !pieces.isEmpty() && hasRoom())) {
      waking = true;
      timers.after(isOpen() ? 0 : TimeSlices.untilNext(clock.nanos()), this::wake);
    }
  }

  private void wake() {
    waking = false;
    try {
      for (int left = tasks.size(); left > 0 && isOpen(); left--) {
        slices.use();
        grant();
        tasks.remove().run();
      }
      for (int left = pieces.size(); left > 0 && isOpen() && hasRoom(); left--) {
        slices.use();
        pieces.remove().begin(begin());
      }
    } finally {
      wakeSoon();
    }
  }
}
