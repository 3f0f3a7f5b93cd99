package io.cartwheel.testing;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Clients that don't wait: so many requests a second, whatever became of those before. */
final class OpenLoop implements AutoCloseable {
  private static final Duration TICK = Duration.ofMillis(5);
  private static final int KEYS = 1_000;

  private final List<Integer> ports;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor();
  private long made;

  /** Clients of the nodes at these HTTP ports of this machine, half of whose requests are reads. */
  OpenLoop(List<Integer> ports) {
    this.ports = List.copyOf(ports);
  }

  /**
   * One that was answered.
   *
   * @param status 0 if it was not
   * @param millis how long that took
   * @param atNanos when it was
   */
  record Answered(int status, boolean retryAfter, long millis, long atNanos) {
    boolean isDone() {
      return status == 200 || status == 204 || status == 404;
    }
  }

  /** What became of the requests that were made between two moments. */
  record Figures(long fromNanos, long toNanos, List<Answered> answers) {
    /** How many were done between the two moments. */
    double donePerSecond() {
      long done =
          answers.stream().filter(each -> each.isDone() && each.atNanos() < toNanos).count();
      return done * 1e9 / (toNanos - fromNanos);
    }

    /** How many had this status. */
    long count(int status) {
      return answers.stream().filter(each -> each.status() == status).count();
    }

    /** How long all but one in a hundred took at most of those that were done. */
    long slowestMillis() {
      long[] times =
          answers.stream().filter(Answered::isDone).mapToLong(Answered::millis).sorted().toArray();
      return times.length == 0 ? Long.MAX_VALUE : times[times.length * 99 / 100];
    }

    @Override
    public String toString() {
      return "%.0f done/s, %d answers, %d of them 503, 99 in 100 done within %d ms"
          .formatted(donePerSecond(), answers.size(), count(503), slowestMillis());
    }
  }

  /** Makes so many requests each second for so long, then waits for all answers. */
  Figures offer(double perSecond, Duration duration) throws Exception {
    Queue<CompletableFuture<Answered>> open = new ConcurrentLinkedQueue<>();
    long began = System.nanoTime();
    var whole = new CompletableFuture<Void>();
    var ticking =
        ticks.scheduleAtFixedRate(
            () -> {
              double seconds = (System.nanoTime() - began) / 1e9;
              boolean over = seconds * 1e9 >= duration.toNanos();
              double due = perSecond * Math.min(seconds, duration.toNanos() / 1e9);
              while (open.size() < due) {
                open.add(request());
              }
              if (over) {
                whole.complete(null);
              }
            },
            0,
            TICK.toNanos(),
            TimeUnit.NANOSECONDS);
    try {
      whole.get(duration.toSeconds() + 30, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("the clients did not keep up", e);
    } finally {
      ticking.cancel(false);
    }
    var answers = new ArrayList<Answered>();
    for (CompletableFuture<Answered> each : open) {
      answers.add(each.get(30, TimeUnit.SECONDS));
    }
    return new Figures(began, began + duration.toNanos(), answers);
  }

  private CompletableFuture<Answered> request() {
    long number = made++;
    int port = ports.get((int) (number % ports.size()));
    long key = (number * 7_919) % KEYS;
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + port + "/types/latest/buckets/b/keys/k" + key))
            .timeout(Duration.ofSeconds(20))
            .header("Content-Type", "text/plain");
    if (number / ports.size() % 2 == 0) {
      request.GET();
    } else {
      request.PUT(HttpRequest.BodyPublishers.ofString("value " + number));
    }
    long began = System.nanoTime();
    return http.sendAsync(request.build(), HttpResponse.BodyHandlers.discarding())
        .handle((response, failure) -> {
          long now = System.nanoTime();
          long millis = TimeUnit.NANOSECONDS.toMillis(now - began);
          return Optional.ofNullable(response)
              .map(each ->
                  new Answered(
                      each.statusCode(),
                      each.headers().firstValue("Retry-After").isPresent(),
                      millis,
                      now))
              .orElse(new Answered(0, false, millis, now));
        });
  }

  @Override
  public void close() {
    ticks.shutdownNow();
    http.close();
  }
}
