package io.cartwheel.transport;

import io.cartwheel.transport.frame.FrameEncoder;
import io.cartwheel.transport.frame.FrameWriter;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a quiet connection from being taken for dead, and notices a dead one.
 *
 * <p>Both ends ping when they have written nothing for a beat, so each hears from the other without
 * an answer being asked for. Silence is counted in beats of our own event loop: a loop that was
 * stopped itself does not take that for the peer's silence. A peer that reads nothing of what waits
 * for it, or takes ages to send a frame, costs memory all the while: it is as good as dead.
 */
final class Heartbeat implements Runnable {
  private final Line line;
  private final NetworkSettings.Timing timing;
  private final Listener listener;

  private @Nullable ScheduledFuture<?> next;
  private long taken;
  private long heard;
  private int silent;
  private FrameWriter.Progress progress = new FrameWriter.Progress(0, 0);
  private int stuck;

  /** Hears the beats of its connection. */
  interface Listener {
    void beat();

    void silent(String reason);
  }

  Heartbeat(Line line, NetworkSettings.Timing timing, Listener listener) {
    this.line = line;
    this.timing = timing;
    this.listener = listener;
  }

  void start() {
    next =
        line.channel()
            .eventLoop()
            .schedule(this, timing.heartbeat().toNanos(), TimeUnit.NANOSECONDS);
  }

  void stop() {
    if (next != null) {
      next.cancel(false);
      next = null;
    }
  }

  @Override
  public void run() {
    if (line.writer().taken() == taken) {
      line.writer().write(FrameEncoder.PING);
    }
    taken = line.writer().taken();
    // Who does not listen can't complain of silence.
    boolean listening = line.channel().config().isAutoRead();
    silent = listening && line.reader().heard() == heard ? silent + 1 : 0;
    heard = line.reader().heard();
    FrameWriter.Progress now = line.writer().progress();
    stuck = now.leftBytes() > 0 && now.equals(progress) ? stuck + 1 : 0;
    progress = now;
    start();
    report(listening);
  }

  private void report(boolean listening) {
    long now = System.nanoTime();
    if (!listening) {
      line.reader().excuse(now);
    }
    if (silent >= timing.silentHeartbeats()) {
      listener.silent("not heard from for " + silent + " heartbeats");
    } else if (stuck >= timing.silentHeartbeats()) {
      listener.silent("it read nothing for " + stuck + " heartbeats");
    } else if (line.reader().isTooSlow(now)) {
      listener.silent("a frame came too slowly");
    } else {
      listener.beat();
    }
  }
}
