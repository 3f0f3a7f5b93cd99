package io.cartwheel.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/**
 * Clients that each have one request on its way, as many as saturate the nodes: reads of what was
 * stored at first, and writes of new keys. What fails, or is refused, is no goodput and in no time.
 */
final class SteadyLoad implements AutoCloseable {
  private static final String BUCKET = "load";

  private final List<ItemsClient> nodes;
  private final int stored;
  private final byte[] value = "v".repeat(1024).getBytes(UTF_8);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicInteger turn = new AtomicInteger();
  private final Recorder times = new Recorder(3);
  private final LongAdder failed = new LongAdder();
  private final List<Future<?>> clients = new ArrayList<>();
  private volatile boolean stopped;

  /** What was done since this was asked last, in microseconds; how much failed since the start. */
  record Second(long done, long p50Micros, long p99Micros, long failed) {}

  /**
   * Clients of these nodes.
   *
   * @param stored how many keys are stored at first
   */
  SteadyLoad(List<ItemsClient> nodes, int stored) {
    this.nodes = List.copyOf(nodes);
    this.stored = stored;
  }

  /** Stores the keys that are read later. */
  void store(int clientCount) throws Exception {
    var next = new AtomicInteger();
    var storing = new ArrayList<Future<?>>();
    for (int i = 0; i < clientCount; i++) {
      storing.add(
          threads.submit(() -> {
            for (int n = next.getAndIncrement(); n < stored; n = next.getAndIncrement()) {
              while (!put("stored-" + n, n)) {
                Thread.onSpinWait();
              }
            }
          }));
    }
    for (Future<?> each : storing) {
      each.get();
    }
  }

  void start(int clientCount) {
    stopped = false;
    for (int i = 0; i < clientCount; i++) {
      clients.add(
          threads.submit(() -> {
            while (!stopped) {
              request(turn.getAndIncrement());
            }
          }));
    }
  }

  /** Returns once all that was under way is answered. */
  void stop() throws Exception {
    stopped = true;
    for (Future<?> client : clients) {
      client.get();
    }
    clients.clear();
    second();
  }

  Second second() {
    Histogram since = times.getIntervalHistogram();
    return new Second(
        since.getTotalCount(),
        since.getValueAtPercentile(50),
        since.getValueAtPercentile(99),
        failed.sum());
  }

  private void request(int number) {
    long began = System.nanoTime();
    boolean done =
        number % 2 == 0
            ? get("stored-" + number * 7919L % stored, number)
            : put("new-" + number, number);
    if (done) {
      times.recordValue((System.nanoTime() - began) / 1_000);
    } else {
      failed.increment();
    }
  }

  private boolean get(String key, int at) {
    try {
      return client(at).get(BUCKET, key).isSuccess();
    } catch (IOException _) {
      return false;
    }
  }

  private boolean put(String key, int at) {
    try {
      return client(at).put(BUCKET, key, value, "Content-Type", "text/plain").isSuccess();
    } catch (IOException _) {
      return false;
    }
  }

  private ItemsClient client(int at) {
    return nodes.get(at / 2 % nodes.size());
  }

  @Override
  public void close() {
    stopped = true;
    threads.close();
  }
}
