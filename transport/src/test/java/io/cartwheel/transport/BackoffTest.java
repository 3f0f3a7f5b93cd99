package io.cartwheel.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private final Backoff backoff = new Backoff(Duration.ofNanos(20), Duration.ofNanos(1000));

  @Test
  void doublesUpToItsBoundWithJitter() {
    for (long expected : new long[] {20, 40, 80, 160, 320, 640, 1000, 1000, 1000}) {
      assertThat(backoff.failed()).isBetween(expected / 2, expected);
    }
  }

  @Test
  void neverOverflows() {
    assertThat(LongStream.range(0, 10_000).map(_ -> backoff.failed())).allMatch(it -> it <= 1000);
  }

  @Test
  void beginsAnewAfterSuccess() {
    backoff.failed();
    backoff.failed();
    backoff.succeeded();
    assertThat(backoff.failed()).isBetween(10L, 20L);
  }
}
