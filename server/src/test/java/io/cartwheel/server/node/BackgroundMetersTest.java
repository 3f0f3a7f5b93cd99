package io.cartwheel.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.cartwheel.core.background.AdmissionController.Report;
import io.cartwheel.core.background.AdmissionController.SliceReport;
import io.cartwheel.core.background.Reason;
import io.cartwheel.core.background.Work;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What two shards give background work, as one node's metrics. */
class BackgroundMetersTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final ShardFigures figures = new ShardFigures(2);

  @BeforeEach
  void published() {
    new BackgroundMeters(registry, figures).publish();
  }

  private void note(int shard, SliceReport each, long p99Nanos) {
    Map<Work, SliceReport> slices = new EnumMap<>(Work.class);
    for (Work work : Work.values()) {
      slices.put(work, each);
    }
    var report = new Report(slices, p99Nanos, 2 * p99Nanos);
    figures.note(
        shard,
        new ShardFigures.Noted(
            0, 0, false, new TreeMap<>(), 0, 0, new TreeMap<>(), Optional.of(report)));
  }

  private double gauge(String name, String... tags) {
    return registry.get("cartwheel.background." + name).tags(tags).gauge().value();
  }

  private double counter(String name, String... tags) {
    return registry.get("cartwheel.background." + name).tags(tags).functionCounter().count();
  }

  @Test
  void sharesAreMeansCountsAreSumsAndTimesTheWorst() {
    note(0, new SliceReport(1, Reason.IDLE, 10, 1), 3_000_000);
    note(1, new SliceReport(0.5, Reason.FAILURES, 20, 4), 8_000_000);

    assertThat(gauge("slice", "work", "hints")).isEqualTo(0.75);
    assertThat(gauge("reason", "work", "walks", "reason", "idle")).isEqualTo(1);
    assertThat(gauge("reason", "work", "walks", "reason", "failures")).isEqualTo(1);
    assertThat(gauge("reason", "work", "walks", "reason", "queue_waits")).isZero();
    assertThat(counter("granted", "work", "exchange")).isEqualTo(30);
    assertThat(counter("waited", "work", "reaping")).isEqualTo(5);
    assertThat(gauge("p99.seconds")).isEqualTo(0.008);
    assertThat(gauge("p99.target.seconds")).isEqualTo(0.016);
  }

  @Test
  void beforeAnythingWasNotedNothingIsHeldBack() {
    assertThat(gauge("slice", "work", "hints")).isEqualTo(1);
    assertThat(counter("granted", "work", "hints")).isZero();
  }
}
