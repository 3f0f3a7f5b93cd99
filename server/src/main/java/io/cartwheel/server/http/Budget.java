package io.cartwheel.server.http;

import java.util.concurrent.atomic.AtomicLong;

/** So much of something that all connections share. Any thread. */
final class Budget {
  private final AtomicLong used = new AtomicLong();
  private final long limit;

  Budget(long limit) {
    this.limit = limit;
  }

  /** Takes so much, if that much is left. */
  boolean take(long amount) {
    if (used.addAndGet(amount) > limit) {
      used.addAndGet(-amount);
      return false;
    }
    return true;
  }

  void giveBack(long amount) {
    used.addAndGet(-amount);
  }

  long used() {
    return used.get();
  }
}
