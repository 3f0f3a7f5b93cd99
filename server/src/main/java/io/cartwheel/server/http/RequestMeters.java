package io.cartwheel.server.http;

import io.cartwheel.server.http.message.Handling.Operation;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/** What is measured of requests. Any thread. */
final class RequestMeters {
  private static final Duration[] BUCKETS = {
    Duration.ofNanos(250_000),
    Duration.ofNanos(500_000),
    Duration.ofMillis(1),
    Duration.ofMillis(2),
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(20),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(300),
    Duration.ofSeconds(1),
    Duration.ofSeconds(5),
  };

  private final MeterRegistry registry;
  private final Map<Operation, Map<Outcome, Timer>> latencies = new EnumMap<>(Operation.class);
  private final Counter connectionsRefused;
  private final Counter timeouts;

  /** How a request ended, as far as it matters to whoever watches. */
  private enum Outcome {
    OK,
    NOT_FOUND,
    REFUSED,
    UNAVAILABLE,
    FAILED;

    static Outcome of(int status) {
      if (status < 400) {
        return OK;
      }
      return switch (status) {
        case 404 -> NOT_FOUND;
        case 503 -> UNAVAILABLE;
        default -> status < 500 || status == 501 ? REFUSED : FAILED;
      };
    }
  }

  RequestMeters(MeterRegistry registry) {
    this.registry = registry;
    for (Operation operation : Operation.values()) {
      var byOutcome = new EnumMap<Outcome, Timer>(Outcome.class);
      for (Outcome outcome : Outcome.values()) {
        byOutcome.put(outcome, timer(operation, outcome));
      }
      latencies.put(operation, byOutcome);
    }
    connectionsRefused =
        Counter.builder("cartwheel.http.connections.refused")
            .description("Connections closed at once because there were too many")
            .register(registry);
    timeouts =
        Counter.builder("cartwheel.http.timeouts")
            .description("Connections closed because their client was too slow")
            .register(registry);
  }

  private Timer timer(Operation operation, Outcome outcome) {
    return Timer.builder("cartwheel.request")
        .description("From the head of a request to its answer")
        .tag("operation", operation.name().toLowerCase(Locale.ROOT))
        .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
        .serviceLevelObjectives(BUCKETS)
        .register(registry);
  }

  /** Shows a number of the moment. */
  <T> void gauge(String name, String description, T of, ToDoubleFunction<T> value) {
    Gauge.builder(name, of, value)
        .description(description)
        .strongReference(true)
        .register(registry);
  }

  @SuppressWarnings("NullAway") // Both maps have all keys of their enums.
  void answered(Operation operation, int status, long nanos) {
    latencies.get(operation).get(Outcome.of(status)).record(nanos, TimeUnit.NANOSECONDS);
  }

  void connectionRefused() {
    connectionsRefused.increment();
  }

  void timedOut() {
    timeouts.increment();
  }
}
