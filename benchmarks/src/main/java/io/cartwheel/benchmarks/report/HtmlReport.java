package io.cartwheel.benchmarks.report;

import io.cartwheel.benchmarks.load.Figures;
import io.cartwheel.benchmarks.load.Latencies;
import io.cartwheel.benchmarks.load.LoadSettings;
import io.cartwheel.benchmarks.load.Operation;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** A page with tables and plots that loads nothing, light or dark as its reader likes. */
public final class HtmlReport {
  private HtmlReport() {}

  /** The page. */
  public static String page(Report report) {
    var page = new StringBuilder();
    page.append("<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n")
        .append("<meta name=\"viewport\" content=\"width=device-width\">\n")
        .append("<title>Cartwheel under load</title>\n<style>\n")
        .append(style())
        .append("</style>\n<h1>Cartwheel under load</h1>\n<p>")
        .append(escape(settings(report.settings())))
        .append("</p>\n");
    for (Figures figures : report.medians()) {
      long runs =
          report.runs().stream().filter(run -> run.workload() == figures.workload()).count();
      page.append(section(figures, runs));
    }
    return page.append("</html>\n").toString();
  }

  private static String settings(LoadSettings settings) {
    String rate =
        settings.rate().isPresent()
            ? "at %s requests a second".formatted(settings.rate().getAsDouble())
            : "one request after the other";
    return "%,d records of %,d bytes; %d threads, %s; %d s after %.1f s of warm-up; HTTP to %s"
        .formatted(
            settings.records(),
            settings.items().valueBytes(),
            settings.threads(),
            rate,
            settings.duration().toSeconds(),
            settings.warmup().toMillis() / 1000.0,
            settings.nodes().stream().map(Object::toString).collect(Collectors.joining(", ")));
  }

  private static String section(Figures figures, long runs) {
    var section = new StringBuilder();
    section.append(
        "<h2>Workload %s: %s operations a second</h2>\n"
            .formatted(figures.workload().name(), count(Math.round(figures.rate()))));
    section
        .append("<p>")
        .append(runs > 1 ? "The median of " + runs + " runs. " : "")
        .append(escape(remarks(figures)))
        .append("</p>\n");
    section.append(table(figures)).append("<div class=\"plots\">\n");
    if (!figures.latencies().isEmpty()) {
      section.append(figure("Latency by percentile", Plots.latency(figures)));
    }
    section.append(figure("Operations a second", Plots.throughput(figures)));
    return section.append("</div>\n").toString();
  }

  private static String remarks(Figures figures) {
    Figures.Oddities oddities = figures.oddities();
    String errors =
        figures.errors().isEmpty()
            ? "none"
            : figures.errors().entrySet().stream()
                .map(error -> error.getKey() + " " + count(error.getValue()))
                .collect(Collectors.joining(", "));
    return "Errors: %s. Reads of siblings: %s (at most %s versions). Updates that read first: %s. Due but not sent: %s."
        .formatted(
            errors,
            count(oddities.readsOfSiblings()),
            count(oddities.mostSiblings()),
            count(oddities.readsBeforeUpdates()),
            count(oddities.unsent()));
  }

  private static String table(Figures figures) {
    var table = new StringBuilder("<table>\n<tr>");
    for (String heading : new String[] {"", "ops/s", "p50", "p95", "p99", "p99.9", "max"}) {
      table.append("<th>").append(heading).append("</th>");
    }
    table.append("</tr>\n");
    for (Map.Entry<Operation, Latencies> each : figures.latencies().entrySet()) {
      Latencies latencies = each.getValue();
      table.append(
          "<tr><td>%s</td><td>%s</td>"
              .formatted(each.getKey(), count(Math.round(figures.rate(each.getKey())))));
      for (double percent : new double[] {50, 95, 99, 99.9, 100}) {
        table.append("<td>").append(millis(latencies.percentileMicros(percent))).append("</td>");
      }
      table.append("</tr>\n");
    }
    return table.append("</table>\n").toString();
  }

  private static String figure(String caption, Plot plot) {
    return "<figure>\n<figcaption>%s</figcaption>\n%s</figure>\n".formatted(caption, plot.svg());
  }

  private static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static String millis(long micros) {
    return String.format(Locale.ROOT, "%.2f ms", micros / 1000.0);
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;");
  }

  private static String style() {
    try (InputStream style =
        Objects.requireNonNull(HtmlReport.class.getResourceAsStream("report.css"))) {
      return new String(style.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
