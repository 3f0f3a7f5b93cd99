package io.cartwheel.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cartwheel.benchmarks.http.Answer;
import io.cartwheel.benchmarks.http.Failure;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TallyTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);
  private static final Answer FOUND = new Answer(200, "c", 1024, 0, true);

  private final Tally tally = new Tally(new Window(10 * SECOND, 2));

  @Test
  void aTimeCountsFromWhenTheRequestWasDue() {
    for (int i = 1; i <= 1000; i++) {
      tally.ended(Operation.READ, FOUND, 10 * SECOND, 10 * SECOND + i * MILLI);
    }
    Latencies reads = reads();
    assertThat(reads.count()).isEqualTo(1000);
    assertThat(reads.percentileMicros(50)).isCloseTo(500_000, within(1000L));
    assertThat(reads.percentileMicros(99)).isCloseTo(990_000, within(1000L));
    assertThat(reads.maxMicros()).isCloseTo(1_000_000, within(1000L));
    assertThat(reads.meanMicros()).isCloseTo(500_500, within(1000L));
  }

  @Test
  void warmUpDoesNotCount() {
    tally.ended(Operation.READ, FOUND, 10 * SECOND - 1, 10 * SECOND + 1);
    tally.ended(Operation.READ, Failure.BROKEN, 10 * SECOND - 1, 10 * SECOND + 1);
    assertThat(figures().successes()).isZero();
    assertThat(figures().errors()).isEmpty();
  }

  @Test
  void errorsAreCountedByKindAndInNoTime() {
    tally.ended(Operation.READ, Failure.TIMEOUT, 10 * SECOND, 20 * SECOND);
    tally.ended(Operation.UPDATE, new Answer(503, "", 0, 0, true), 10 * SECOND, 11 * SECOND);
    tally.ended(Operation.UPDATE, new Answer(503, "", 0, 0, true), 10 * SECOND, 11 * SECOND);
    assertThat(figures().errors())
        .containsOnly(Map.entry("timeout", 1L), Map.entry("status_503", 2L));
    assertThat(figures().latencies()).isEmpty();
    assertThat(figures().rate()).isZero();
  }

  @Test
  void successesAreCountedInTheSecondInWhichTheyEnded() {
    tally.ended(Operation.READ, FOUND, 10 * SECOND, 10 * SECOND + 1);
    tally.ended(Operation.READ, FOUND, 10 * SECOND, 11 * SECOND + 1);
    tally.ended(Operation.UPDATE, FOUND, 11 * SECOND, 11 * SECOND + 1);
    tally.ended(Operation.UPDATE, FOUND, 11 * SECOND, 12 * SECOND + 1);
    assertThat(figures().perSecond()).containsExactly(1L, 2L);
    assertThat(figures().rate()).isEqualTo(1.5);
    assertThat(figures().rate(Operation.READ)).isEqualTo(0.75);
  }

  @Test
  void siblingsThatAnyReadSawAreCounted() {
    tally.ended(Operation.READ, new Answer(300, "c", 20, 3, true), 10 * SECOND, 10 * SECOND + 1);
    tally.readFirst(new Answer(300, "c", 20, 5, true), 10 * SECOND);
    Figures.Oddities oddities = figures().oddities();
    assertThat(oddities.readsOfSiblings()).isEqualTo(2);
    assertThat(oddities.mostSiblings()).isEqualTo(5);
    assertThat(oddities.readsBeforeUpdates()).isEqualTo(1);
    assertThat(figures().successes()).isEqualTo(1);
  }

  private Figures figures() {
    return tally.figures(Workload.A, 0);
  }

  private Latencies reads() {
    return figures().latencies().entrySet().stream()
        .filter(each -> each.getKey() == Operation.READ)
        .findFirst()
        .orElseThrow()
        .getValue();
  }
}
