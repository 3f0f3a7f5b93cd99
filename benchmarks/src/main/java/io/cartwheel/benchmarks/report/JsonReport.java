package io.cartwheel.benchmarks.report;

import io.cartwheel.benchmarks.load.Figures;
import io.cartwheel.benchmarks.load.Latencies;
import io.cartwheel.benchmarks.load.LoadSettings;
import io.cartwheel.benchmarks.load.Operation;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Figures as JSON values: maps, lists, numbers, strings, and optionals for what may be null. */
public final class JsonReport {
  private JsonReport() {}

  /** The report's one object. */
  public static Map<String, Object> members(Report report) {
    var members = new LinkedHashMap<String, Object>();
    members.put("settings", settings(report.settings()));
    members.put("workloads", report.medians().stream().map(JsonReport::figures).toList());
    members.put("runs", report.runs().stream().map(JsonReport::run).toList());
    return members;
  }

  private static Map<String, Object> settings(LoadSettings settings) {
    var members = new LinkedHashMap<String, Object>();
    members.put("protocol", "http");
    members.put("nodes", settings.nodes().stream().map(Object::toString).toList());
    members.put("type", settings.items().type());
    members.put("bucket", settings.items().bucket());
    members.put("records", settings.records());
    members.put("value_bytes", settings.items().valueBytes());
    members.put("threads", settings.threads());
    members.put(
        "rate",
        settings.rate().isPresent()
            ? Optional.of(settings.rate().getAsDouble())
            : Optional.empty());
    members.put("warmup_ms", settings.warmup().toMillis());
    members.put("seconds", settings.duration().toSeconds());
    return members;
  }

  private static Map<String, Object> run(Figures figures) {
    return Map.of("workload", figures.workload(), "ops_per_s", rounded(figures.rate()));
  }

  private static Map<String, Object> figures(Figures figures) {
    var operations = new LinkedHashMap<String, Object>();
    figures
        .latencies()
        .forEach((operation, latencies) ->
            operations.put(operation.toString(), operation(figures, operation, latencies)));
    Figures.Oddities oddities = figures.oddities();
    var members = new LinkedHashMap<String, Object>();
    members.put("workload", figures.workload());
    members.put("ops_per_s", rounded(figures.rate()));
    members.put("operations", operations);
    members.put("errors", figures.errors());
    members.put("reads_of_siblings", oddities.readsOfSiblings());
    members.put("most_siblings", oddities.mostSiblings());
    members.put("reads_before_updates", oddities.readsBeforeUpdates());
    members.put("unsent", oddities.unsent());
    members.put("failovers", oddities.failovers());
    members.put("per_second", figures.perSecond());
    return members;
  }

  private static Map<String, Object> operation(
      Figures figures, Operation operation, Latencies latencies) {
    var members = new LinkedHashMap<String, Object>();
    members.put("count", latencies.count());
    members.put("ops_per_s", rounded(figures.rate(operation)));
    members.put("mean_us", latencies.meanMicros());
    members.put("p50_us", latencies.percentileMicros(50));
    members.put("p95_us", latencies.percentileMicros(95));
    members.put("p99_us", latencies.percentileMicros(99));
    members.put("p99_9_us", latencies.percentileMicros(99.9));
    members.put("max_us", latencies.maxMicros());
    return members;
  }

  private static double rounded(double rate) {
    return Math.round(rate * 10) / 10.0;
  }
}
