package io.cartwheel.transport;

import org.slf4j.Logger;

/**
 * Logs what strangers can provoke, a bounded number of lines a second, so that nobody fills the
 * disk by knocking.
 */
public final class LogLimiter {
  private static final int LINES_PER_SECOND = 10;
  private static final long SECOND_NANOS = 1_000_000_000L;

  private long second = System.nanoTime();
  private int lines;
  private long dropped;

  /** Writes the line, unless too many were written this second; the next tells how many. */
  public synchronized void warn(Logger log, String format, Object... arguments) {
    long now = System.nanoTime();
    if (now - second >= SECOND_NANOS) {
      if (dropped > 0) {
        log.warn("{} more such warnings were left out", dropped);
      }
      second = now;
      lines = 0;
      dropped = 0;
    }
    if (lines < LINES_PER_SECOND) {
      lines++;
      log.warn(format, arguments);
    } else {
      dropped++;
    }
  }
}
