package io.cartwheel.cli.demo.shopping;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Lets all shoppers together begin so many changes a second. Safe from any thread. */
final class Pace {
  /** Who was held up does not make up for more than this. */
  private static final long MOST_BEHIND_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final long gapNanos;
  private long nextNanos = System.nanoTime();

  Pace(int perSecond) {
    gapNanos = TimeUnit.SECONDS.toNanos(1) / perSecond;
  }

  /**
   * Waits for its turn; an unparked thread looks whether all is over.
   *
   * @return whether there is a turn: not once it is over
   */
  boolean await(BooleanSupplier over) {
    long turn = turn();
    long wait = turn - System.nanoTime();
    while (wait > 0 && !over.getAsBoolean()) {
      LockSupport.parkNanos(wait);
      wait = turn - System.nanoTime();
    }
    return !over.getAsBoolean();
  }

  private synchronized long turn() {
    nextNanos = Math.max(nextNanos + gapNanos, System.nanoTime() - MOST_BEHIND_NANOS);
    return nextNanos;
  }
}
