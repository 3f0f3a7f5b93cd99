package io.cartwheel.benchmarks.http;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Breaks off what takes too long, on a thread of its own: a blocking read with a timeout would cost
 * each request two more system calls.
 */
public final class Watchdog implements AutoCloseable {
  private static final long ROUND_NANOS = Duration.ofMillis(20).toNanos();

  private final Thread thread;
  private volatile boolean closed;

  /** Watches these links from now on. */
  public Watchdog(List<Link> links) {
    thread = Thread.ofPlatform().daemon().name("watchdog").start(() -> watch(links));
  }

  private void watch(List<Link> links) {
    while (!closed) {
      LockSupport.parkNanos(ROUND_NANOS);
      long now = System.nanoTime();
      links.forEach(link -> link.expire(now));
    }
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }
}
