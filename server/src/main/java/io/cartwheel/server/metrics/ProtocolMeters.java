package io.cartwheel.server.metrics;

import io.cartwheel.core.port.Observer;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/** Counts what the protocol does: one counter per event. Shared by all shards. */
public final class ProtocolMeters implements Observer {
  private final Map<Event, Counter> counters;
  private final DistributionSummary siblings;
  private volatile OptionalLong hintRefusedNanos = OptionalLong.empty();

  public ProtocolMeters(MeterRegistry registry) {
    var made = new EnumMap<Event, Counter>(Event.class);
    for (Event event : Event.values()) {
      String name = event.name().toLowerCase(Locale.ROOT).replace('_', '.');
      made.put(event, registry.counter("cartwheel." + name));
    }
    counters = Collections.unmodifiableMap(made);
    siblings =
        DistributionSummary.builder("cartwheel.siblings")
            .description("Versions that a read was answered with")
            .serviceLevelObjectives(1, 2, 5, 10, 25, 100)
            .register(registry);
  }

  @Override
  public void count(Event event) {
    Counter counter = counters.get(event);
    if (counter != null) {
      counter.increment();
    }
    if (event == Event.HINT_REFUSED) {
      hintRefusedNanos = OptionalLong.of(System.nanoTime());
    }
  }

  /** Whether a hint was refused for its quota so short a while ago. */
  public boolean refusedHintWithin(Duration time) {
    OptionalLong refused = hintRefusedNanos;
    return refused.isPresent() && System.nanoTime() - refused.getAsLong() < time.toNanos();
  }

  @Override
  public void siblings(int count) {
    siblings.record(count);
  }
}
