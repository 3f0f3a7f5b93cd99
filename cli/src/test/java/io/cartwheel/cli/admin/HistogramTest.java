package io.cartwheel.cli.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class HistogramTest {
  private static final double ALL = Double.POSITIVE_INFINITY;

  @Test
  void aQuantileLiesWithinItsBucket() {
    Histogram took = histogram(Map.of(0.001, 50L, 0.002, 100L, ALL, 100L));
    assertThat(took.quantileMillis(0.5)).contains(1.0);
    assertThat(took.quantileMillis(0.75)).contains(1.5);
    assertThat(took.quantileMillis(0.25)).contains(0.5);
  }

  @Test
  void beyondTheLastBoundItIsThatBound() {
    assertThat(histogram(Map.of(5.0, 1L, ALL, 10L)).quantileMillis(0.99)).contains(5000.0);
  }

  @Test
  void ofNothingThereIsNone() {
    assertThat(histogram(Map.of(0.001, 0L, ALL, 0L)).quantileMillis(0.5)).isEmpty();
  }

  @Test
  void emptyBucketsBelowAreSkipped() {
    assertThat(histogram(Map.of(0.001, 0L, 0.002, 4L, ALL, 4L)).quantileMillis(0.5)).contains(1.5);
  }

  @Test
  void whatCameSinceIsTheDifferenceAndAllAfterARestart() {
    Histogram before = histogram(Map.of(0.001, 5L, ALL, 6L));
    Histogram now = histogram(Map.of(0.001, 15L, ALL, 18L));
    assertThat(now.since(before)).isEqualTo(histogram(Map.of(0.001, 10L, ALL, 12L)));
    assertThat(before.since(now)).isEqualTo(before);
  }

  @Test
  void outcomesAddUp() {
    String metrics =
        """
        # HELP cartwheel_request_seconds From the head of a request to its answer
        cartwheel_request_seconds_bucket{operation="put",outcome="ok",le="2.5E-4"} 3
        cartwheel_request_seconds_bucket{operation="put",outcome="ok",le="+Inf"} 4
        cartwheel_request_seconds_bucket{operation="put",outcome="failed",le="2.5E-4"} 1
        cartwheel_request_seconds_bucket{operation="put",outcome="failed",le="+Inf"} 2
        cartwheel_request_seconds_count{operation="put",outcome="failed"} 2
        """;
    assertThat(Answered.parse(metrics).of("put"))
        .isEqualTo(histogram(Map.of(0.00025, 4L, ALL, 6L)));
    assertThat(Answered.parse(metrics).of("get")).isEqualTo(Histogram.EMPTY);
  }

  private static Histogram histogram(Map<Double, Long> upTo) {
    return new Histogram(new TreeMap<>(upTo));
  }
}
