package io.cartwheel.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.cartwheel.benchmarks.http.Node;
import io.cartwheel.benchmarks.load.Figures;
import io.cartwheel.benchmarks.load.Latencies;
import io.cartwheel.benchmarks.load.LoadSettings;
import io.cartwheel.benchmarks.load.Operation;
import io.cartwheel.benchmarks.load.Workload;
import java.io.StringReader;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import javax.xml.parsers.DocumentBuilderFactory;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class ReportTest {
  private static final LoadSettings SETTINGS =
      new LoadSettings(
          List.of(new Node("127.0.0.1", 8101)),
          new LoadSettings.Items("default", "<b&b>", 1024),
          1000,
          4,
          OptionalDouble.empty(),
          Duration.ofMillis(1500),
          Duration.ofSeconds(2),
          Duration.ofSeconds(10));

  @Test
  void eachWorkloadIsToldByItsMedianRun() {
    var report =
        new Report(
            SETTINGS,
            List.of(
                figures(Workload.B, 30),
                figures(Workload.A, 3),
                figures(Workload.B, 10),
                figures(Workload.A, 1),
                figures(Workload.B, 20),
                figures(Workload.A, 2)));
    assertThat(report.medians())
        .extracting(Figures::workload)
        .containsExactly(Workload.B, Workload.A);
    assertThat(report.medians()).extracting(Figures::rate).containsExactly(20.0, 2.0);
  }

  @Test
  void theJsonHasAllFigures() {
    Map<String, Object> json =
        JsonReport.members(new Report(SETTINGS, List.of(figures(Workload.A, 500))));
    assertThat(json.toString())
        .contains("records=1000", "threads=4", "seconds=2", "warmup_ms=1500", "rate=Optional.empty")
        .contains("ops_per_s=500.0", "read={count=1000", "p50_us=", "p99_9_us=", "max_us=")
        .contains("errors={timeout=3}", "reads_of_siblings=7", "per_second=[500, 500]");
  }

  @Test
  void thePageIsWellFormedAndLoadsNothing() throws Exception {
    String page = HtmlReport.page(new Report(SETTINGS, List.of(figures(Workload.A, 500))));
    assertThat(page).contains("Workload A: 500 operations a second", "timeout 3", "1.00 ms");
    assertThat(page).doesNotContain("http://", "https://", "src=", "@import");
    String svg = page.substring(page.indexOf("<svg"), page.indexOf("</svg>") + 6);
    assertThat(
            DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(svg)))
                .getElementsByTagName("polyline")
                .getLength())
        .isEqualTo(1);
    assertThat(svg).contains("99.9%", "1 ms").doesNotContain("NaN", "Infinity");
  }

  @Test
  void aRunWithoutSuccessesHasAPageToo() {
    var failed =
        new Figures(
            Workload.C,
            Map.of(),
            Map.of("refused", 9L),
            List.of(0L),
            new Figures.Oddities(0, 0, 0, 0, 0));
    String page = HtmlReport.page(new Report(SETTINGS, List.of(failed)));
    assertThat(page).contains("refused 9").doesNotContain("NaN", "Infinity");
  }

  /** A thousand reads of a millisecond each, and so many a second in the plot. */
  private static Figures figures(Workload workload, long rate) {
    var histogram = new Histogram(3);
    histogram.recordValueWithCount(1_000_000, 1000);
    return new Figures(
        workload,
        Map.of(Operation.READ, new Latencies(histogram)),
        Map.of("timeout", 3L),
        List.of(rate, rate),
        new Figures.Oddities(7, 2, 1, 0, 0));
  }
}
