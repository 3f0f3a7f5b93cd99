package io.cartwheel.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Reads and writes at a steady rate, sent to some nodes by turns while others are in trouble. A
 * request that fails is sent once more, elsewhere. Latencies count from the intended start, so that
 * a stall shows in all requests that it held up.
 *
 * <p>Refusals for overload are counted apart: they tell of a machine that can't do what is asked of
 * it, with all these processes, and not of the node that fails.
 */
final class FaultLoad {
  /** Reads are of what was written so many requests before. */
  private static final int BEFORE = 501;

  private static final long MOST_MICROS = 60_000_000L;

  private enum Outcome {
    SERVED,
    OVERLOADED,
    FAILED
  }

  private final List<ItemsClient> nodes;
  private final int perSecond;
  private final Map<String, Histogram> phases = Collections.synchronizedMap(new LinkedHashMap<>());
  private final LongAdder failed = new LongAdder();
  private final LongAdder overloaded = new LongAdder();
  private final LongAdder retried = new LongAdder();
  private final AtomicInteger turn = new AtomicInteger();
  private volatile Histogram now = new ConcurrentHistogram(MOST_MICROS, 3);
  private volatile boolean stopped;
  private volatile String lastFailure = "";

  FaultLoad(List<ItemsClient> nodes, int perSecond) {
    this.nodes = List.copyOf(nodes);
    this.perSecond = perSecond;
  }

  /** Sends until {@link #stop}, and returns when all answers are in. */
  void run() {
    long interval = 1_000_000_000L / perSecond;
    long next = System.nanoTime();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      while (!stopped) {
        long intended = next;
        threads.submit(() -> request(intended));
        next += interval;
        LockSupport.parkNanos(next - System.nanoTime());
      }
    }
  }

  /** Waits until so many seconds' requests more were sent. */
  void awaitSeconds(int seconds) {
    int until = turn.get() + seconds * perSecond;
    await().atMost(Duration.ofSeconds(10L * seconds + 1)).until(() -> turn.get() >= until);
  }

  void stop() {
    stopped = true;
  }

  /** What is sent from now on is reported under this name. */
  void phase(String name) {
    now = phases.computeIfAbsent(name, _ -> new ConcurrentHistogram(MOST_MICROS, 3));
  }

  /** Forgets how many requests failed so far. */
  void forgetFailures() {
    failed.reset();
    overloaded.reset();
    retried.reset();
  }

  private void request(long intended) {
    Histogram times = now;
    int number = turn.getAndIncrement();
    Outcome outcome = attempt(number, number);
    if (outcome != Outcome.SERVED) {
      retried.increment();
      outcome = attempt(number, number + 1);
    }
    switch (outcome) {
      case SERVED -> {}
      case OVERLOADED -> overloaded.increment();
      case FAILED -> failed.increment();
    }
    long micros = Math.min(MOST_MICROS, (System.nanoTime() - intended) / 1_000);
    times.recordValue(Math.max(0, micros));
  }

  private Outcome attempt(int number, int at) {
    ItemsClient client = nodes.get(Math.floorMod(at, nodes.size()));
    try {
      Reply reply =
          number % 2 == 0
              ? client.get("faults", "k" + (number - BEFORE))
              : client.put("faults", "k" + number, value(number), "Content-Type", "text/plain");
      if (reply.isSuccess() || reply.status() == 404) {
        return Outcome.SERVED;
      }
      lastFailure = reply.toString();
      return isOverload(reply) ? Outcome.OVERLOADED : Outcome.FAILED;
    } catch (IOException e) {
      lastFailure = e.toString();
      return Outcome.FAILED;
    }
  }

  private static boolean isOverload(Reply reply) {
    return reply.status() == 503 && reply.text().startsWith("overloaded");
  }

  private static byte[] value(int number) {
    return ("value " + number + " ").repeat(60).getBytes(UTF_8);
  }

  long failed() {
    return failed.sum();
  }

  String lastFailure() {
    return lastFailure;
  }

  /**
   * The figures in words, a line for each phase.
   *
   * @param together phases whose requests are reported as one, too
   */
  String report(String... together) {
    var report = new StringJoiner(System.lineSeparator());
    report.add(
        "failed %d, refused as overload %d, sent once more %d"
            .formatted(failed.sum(), overloaded.sum(), retried.sum()));
    phases.forEach((name, times) -> report.add(line(name, times)));
    var sum = new Histogram(MOST_MICROS, 3);
    List.of(together).forEach(name -> sum.add(phases.get(name)));
    report.add(line(String.join(" + ", together), sum));
    return report.toString();
  }

  private static String line(String name, Histogram histogram) {
    return "%-19s n=%d p50=%.1f p99=%.1f p99.9=%.1f p99.99=%.1f max=%.1f ms"
        .formatted(
            name,
            histogram.getTotalCount(),
            histogram.getValueAtPercentile(50) / 1e3,
            histogram.getValueAtPercentile(99) / 1e3,
            histogram.getValueAtPercentile(99.9) / 1e3,
            histogram.getValueAtPercentile(99.99) / 1e3,
            histogram.getMaxValue() / 1e3);
  }
}
