package io.cartwheel.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/** A well-behaved client that writes and reads on, and notes whatever goes wrong for it. */
final class Customer implements AutoCloseable {
  private final ItemsClient client;
  private final Thread thread;
  private final AtomicLong served = new AtomicLong();
  private final Queue<String> complaints = new ConcurrentLinkedQueue<>();
  private volatile boolean leaving;

  Customer(ItemsClient client) {
    this.client = client;
    thread = Thread.ofPlatform().name("customer").start(this::shop);
  }

  /** How many writes were done and read back. */
  long served() {
    return served.get();
  }

  Queue<String> complaints() {
    return complaints;
  }

  private void shop() {
    for (int i = 0; !leaving; i++) {
      String key = "key" + i % 100;
      String value = "value " + i;
      try {
        Reply before = client.get("customer", key);
        String[] headers =
            before.status() == 200
                ? new String[] {"Content-Type", "text/plain", "X-Riak-Vclock", before.context()}
                : new String[] {"Content-Type", "text/plain"};
        Reply put = client.put("customer", key, value.getBytes(UTF_8), headers);
        Reply get = client.get("customer", key);
        if (put.status() != 204 || !get.text().equals(value)) {
          complaints.add(key + ": " + before + ", " + put + ", " + get);
        }
        served.incrementAndGet();
      } catch (IOException e) {
        complaints.add(key + ": " + e);
      }
    }
  }

  @Override
  public void close() throws InterruptedException {
    leaving = true;
    thread.join();
  }
}
