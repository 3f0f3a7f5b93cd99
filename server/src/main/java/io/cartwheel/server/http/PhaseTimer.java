package io.cartwheel.server.http;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Watches how long a connection stays in a phase that depends on its client alone.
 *
 * <p>It looks now and then instead of setting a timer for each phase: entering one costs a clock
 * reading. Belongs to the connection's loop.
 */
final class PhaseTimer {
  /** A client must move at least so many bytes a second, the phase's own time aside. */
  private static final long LEAST_BYTES_PER_SECOND = 64 << 10;

  private static final long LEAVING_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long MAX_LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long MIN_LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  /** What the client is waited for. */
  enum Phase {
    /** The first byte of its first request. */
    FRESH,
    /** The first byte of its next request. */
    IDLE,
    /** The rest of a head. */
    HEAD,
    /** The rest of a body. */
    BODY,
    /** That it takes in an answer. */
    TAKING,
    /** That it takes in the last answer and leaves. */
    LEAVING,
    /** Nothing: this side is at work. */
    WORKING
  }

  private final EventLoop loop;
  private final HttpSettings.Timeouts timeouts;
  private final Consumer<Phase> tooSlow;
  private final long lookNanos;
  private Phase phase = Phase.FRESH;
  private long sinceNanos = System.nanoTime();
  private long movedBytes;
  private @Nullable Future<?> look;

  /**
   * Begins in {@link Phase#FRESH}.
   *
   * @param tooSlow hears on the loop which phase took too long, once a phase
   */
  PhaseTimer(EventLoop loop, HttpSettings.Timeouts timeouts, Consumer<Phase> tooSlow) {
    this.loop = loop;
    this.timeouts = timeouts;
    this.tooSlow = tooSlow;
    long shortest =
        Math.min(
            timeouts.header().toNanos(),
            Math.min(timeouts.body().toNanos(), timeouts.idle().toNanos()));
    lookNanos = Math.max(MIN_LOOK_NANOS, Math.min(MAX_LOOK_NANOS, shortest / 2));
    lookLater();
  }

  Phase phase() {
    return phase;
  }

  void enter(Phase next) {
    phase = next;
    sinceNanos = System.nanoTime();
    movedBytes = 0;
  }

  /** Bytes of a body came, or are to be taken in. */
  void moved(long bytes) {
    movedBytes += bytes;
  }

  void stop() {
    if (look != null) {
      look.cancel(false);
    }
  }

  private void lookLater() {
    look = loop.schedule(this::look, lookNanos, TimeUnit.NANOSECONDS);
  }

  private void look() {
    if (System.nanoTime() - sinceNanos > limitNanos()) {
      Phase late = phase;
      phase = Phase.WORKING;
      tooSlow.accept(late);
    }
    lookLater();
  }

  private long limitNanos() {
    long forBytes = TimeUnit.SECONDS.toNanos(movedBytes / LEAST_BYTES_PER_SECOND);
    return switch (phase) {
      case IDLE -> timeouts.idle().toNanos();
      case FRESH, HEAD -> timeouts.header().toNanos();
      case BODY, TAKING -> timeouts.body().toNanos() + forBytes;
      case LEAVING -> Math.min(timeouts.body().toNanos(), LEAVING_NANOS);
      case WORKING -> Long.MAX_VALUE;
    };
  }
}
