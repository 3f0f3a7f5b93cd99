package io.cartwheel.server.node;

import io.cartwheel.core.background.AdmissionController.Report;
import io.cartwheel.core.background.AdmissionController.SliceReport;
import io.cartwheel.core.background.Reason;
import io.cartwheel.core.background.Work;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/** What background work gets, and why, as metrics (Dynamo §6.5). */
record BackgroundMeters(MeterRegistry registry, ShardFigures figures) {
  private static final double NANOS_PER_SECOND = 1e9;

  void publish() {
    for (Work work : Work.values()) {
      publish(work);
    }
    worst("p99", "What the slowest but one in a hundred requests took", Report::p99Nanos);
    worst("p99.target", "What they should take at most", Report::targetNanos);
  }

  private void publish(Work work) {
    Gauge.builder("cartwheel.background.slice", figures, f -> meanShare(f.background(), work))
        .description("How much background work gets of what it could do; the shards' mean")
        .tag("work", label(work))
        .register(registry);
    counter(work, "granted", "Pieces that were begun", SliceReport::granted);
    counter(work, "waited", "Pieces that could not be begun at once", SliceReport::waited);
    for (Reason reason : Reason.values()) {
      Gauge.builder(
              "cartwheel.background.reason",
              figures,
              f -> f.background().stream().filter(r -> r.of(work).reason() == reason).count())
          .description("Why it gets so much: how many shards give this reason")
          .tag("work", label(work))
          .tag("reason", label(reason))
          .register(registry);
    }
  }

  private void counter(
      Work work, String name, String description, ToLongFunction<SliceReport> figure) {
    FunctionCounter.builder(
            "cartwheel.background." + name,
            figures,
            f -> f.background().stream().mapToLong(r -> figure.applyAsLong(r.of(work))).sum())
        .description(description)
        .tag("work", label(work))
        .register(registry);
  }

  private void worst(String name, String description, ToDoubleFunction<Report> nanos) {
    Gauge.builder(
            "cartwheel.background." + name + ".seconds",
            figures,
            f -> f.background().stream().mapToDouble(nanos).max().orElse(0) / NANOS_PER_SECOND)
        .description(description + "; the worst of all shards")
        .register(registry);
  }

  private static double meanShare(List<Report> shards, Work work) {
    return shards.stream().mapToDouble(shard -> shard.of(work).share()).average().orElse(1);
  }

  private static String label(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
