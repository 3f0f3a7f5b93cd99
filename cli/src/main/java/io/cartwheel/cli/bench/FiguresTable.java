package io.cartwheel.cli.bench;

import io.cartwheel.benchmarks.load.Figures;
import io.cartwheel.benchmarks.load.Latencies;
import io.cartwheel.benchmarks.load.Operation;
import io.cartwheel.benchmarks.report.Report;
import io.cartwheel.cli.console.Table;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Figures for people: a row for each operation of each workload, times in milliseconds. */
final class FiguresTable {
  private FiguresTable() {}

  static void print(PrintStream to, Report report) {
    var table =
        new Table(
            "WORKLOAD", "OPERATION", "OPS/S", "P50 MS", "P95 MS", "P99 MS", "P99.9 MS", "MAX MS");
    for (Figures figures : report.medians()) {
      table.row(figures.workload().toString(), "all", rate(figures.rate()), "", "", "", "", "");
      figures
          .latencies()
          .forEach((operation, latencies) -> row(table, figures, operation, latencies));
    }
    table.print(to);
    report.medians().forEach(figures -> to.println(remarks(figures)));
  }

  private static void row(Table table, Figures figures, Operation operation, Latencies latencies) {
    table.row(
        figures.workload().toString(),
        operation.toString(),
        rate(figures.rate(operation)),
        millis(latencies.percentileMicros(50)),
        millis(latencies.percentileMicros(95)),
        millis(latencies.percentileMicros(99)),
        millis(latencies.percentileMicros(99.9)),
        millis(latencies.maxMicros()));
  }

  /** One run in a line. */
  static String line(Figures figures) {
    String latencies =
        figures.latencies().entrySet().stream()
            .map(each ->
                ", %s p99 %s ms"
                    .formatted(each.getKey(), millis(each.getValue().percentileMicros(99))))
            .collect(Collectors.joining());
    return "workload %s: %s ops/s%s, %s errors"
        .formatted(
            figures.workload(),
            rate(figures.rate()),
            latencies,
            figures.errors().values().stream().mapToLong(Long::longValue).sum());
  }

  private static String remarks(Figures figures) {
    Figures.Oddities oddities = figures.oddities();
    return "%s: errors %s; reads of siblings %d, at most %d; updates that read first %d; due but not sent %d; failovers %d"
        .formatted(
            figures.workload(),
            errors(figures.errors()),
            oddities.readsOfSiblings(),
            oddities.mostSiblings(),
            oddities.readsBeforeUpdates(),
            oddities.unsent(),
            oddities.failovers());
  }

  private static String errors(Map<String, Long> errors) {
    return errors.isEmpty()
        ? "none"
        : errors.entrySet().stream()
            .map(error -> error.getKey() + " " + error.getValue())
            .collect(Collectors.joining(", "));
  }

  private static String rate(double rate) {
    return String.format(Locale.ROOT, "%.0f", rate);
  }

  private static String millis(long micros) {
    return String.format(Locale.ROOT, "%.2f", micros / 1000.0);
  }
}
