package io.cartwheel.cli.demo;

import java.util.concurrent.atomic.AtomicInteger;

/** How many nodes were killed, by chaos or by hand. */
final class Kills {
  private final AtomicInteger count = new AtomicInteger();

  void increment() {
    count.incrementAndGet();
  }

  int count() {
    return count.get();
  }
}
