package io.cartwheel.transport;

import io.cartwheel.core.port.Timers;
import io.netty.channel.EventLoop;
import java.util.concurrent.TimeUnit;

/** A shard's timers: those of its event loop. */
public final class LoopTimers implements Timers {
  private final EventLoop loop;

  public LoopTimers(EventLoop loop) {
    this.loop = loop;
  }

  @Override
  public Timer after(long delayNanos, Runnable task) {
    var pending = loop.schedule(task, delayNanos, TimeUnit.NANOSECONDS);
    return () -> pending.cancel(false);
  }
}
