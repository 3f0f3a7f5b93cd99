package io.cartwheel.core.overload;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The hedge delay: the p99 of the last minute, within 2 and 250 ms, 50 ms until it is known. */
class LatencyWindowTest {
  private static final long MILLI = 1_000_000;
  private static final long SECOND = 1_000 * MILLI;

  private final LatencyWindow window = new LatencyWindow();
  private long now = 3 * SECOND;

  private void took(int times, long nanos) {
    for (int i = 0; i < times; i++) {
      window.add(nanos, now);
    }
  }

  /** Asks a second later: what it says is held for a while. */
  private long hedgeNanos() {
    now += SECOND;
    return window.hedgeNanos(now);
  }

  @Test
  void nothingIsKnownBeforeAHundredAnswers() {
    assertThat(hedgeNanos()).isEqualTo(50 * MILLI);
    took(99, 5 * MILLI);
    assertThat(hedgeNanos()).isEqualTo(50 * MILLI);
    took(1, 5 * MILLI);
    assertThat(hedgeNanos()).isBetween(5 * MILLI, 6 * MILLI);
  }

  @Test
  void oneInAHundredMayTakeLonger() {
    took(990, 5 * MILLI);
    took(10, 100 * MILLI);
    assertThat(hedgeNanos()).isBetween(5 * MILLI, 6 * MILLI);
    took(2, 100 * MILLI);
    assertThat(hedgeNanos()).isBetween(100 * MILLI, 115 * MILLI);
  }

  @ParameterizedTest
  @ValueSource(longs = {3, 7, 20, 55, 140, 220})
  void itIsNeverBelowWhatWasObservedAndAtMostAnEighthAbove(long millis) {
    took(200, millis * MILLI);

    assertThat(hedgeNanos()).isBetween(millis * MILLI, millis * MILLI * 9 / 8 + MILLI / 100);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 1_000, 1_999_999})
  void itIsNeverBelowTwoMillis(long nanos) {
    took(200, nanos);

    assertThat(hedgeNanos()).isBetween(2 * MILLI, 9 * MILLI / 4);
  }

  @ParameterizedTest
  @ValueSource(longs = {251 * MILLI, 60 * SECOND, Long.MAX_VALUE})
  void itIsNeverAboveAQuarterOfASecond(long nanos) {
    took(200, nanos);

    assertThat(hedgeNanos()).isEqualTo(250 * MILLI);
  }

  @Test
  void aMinuteLaterItIsForgotten() {
    took(200, 100 * MILLI);
    now += 48 * SECOND;
    assertThat(hedgeNanos()).isGreaterThan(99 * MILLI);
    now += 12 * SECOND;
    assertThat(hedgeNanos()).isEqualTo(50 * MILLI);
  }

  @Test
  void newAnswersTakeThePlaceOfOldOnes() {
    took(200, 100 * MILLI);
    now += 61 * SECOND;
    took(200, 5 * MILLI);

    assertThat(hedgeNanos()).isLessThan(6 * MILLI);
  }

  @Test
  void aDayWithoutAnswersIsForgottenToo() {
    took(200, 100 * MILLI);
    now += 86_400 * SECOND;

    assertThat(hedgeNanos()).isEqualTo(50 * MILLI);
  }
}
