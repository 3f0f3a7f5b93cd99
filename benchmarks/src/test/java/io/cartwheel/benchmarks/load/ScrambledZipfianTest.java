package io.cartwheel.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The shape that Gray et al. (SIGMOD 1994) gave and YCSB took over, with its exponent of 0.99. */
class ScrambledZipfianTest {
  private static final int RECORDS = 1000;
  private static final int SAMPLES = 2_000_000;

  private final int[] counts = counts();

  @Test
  void eachRanksShareIsThatOfTheDistribution() {
    double sum = IntStream.rangeClosed(1, RECORDS).mapToDouble(k -> Math.pow(k, -0.99)).sum();
    for (int rank : new int[] {1, 2, 3, 10, 100, 500, 1000}) {
      double share = Math.pow(rank, -0.99) / sum;
      double seen = counts[ScrambledZipfian.recordOf(rank, RECORDS)] / (double) SAMPLES;
      assertThat(seen).as("rank %d", rank).isCloseTo(share, within(share * 0.15));
    }
  }

  @Test
  void everyRecordHasARank() {
    for (int records : new int[] {1, 2, 3, 1000, 4096}) {
      assertThat(
              IntStream.rangeClosed(1, records)
                  .map(rank -> ScrambledZipfian.recordOf(rank, records))
                  .distinct())
          .hasSize(records)
          .allMatch(record -> record >= 0 && record < records);
    }
  }

  @Test
  void thePopularAreNotNeighbours() {
    for (int rank = 1; rank < 10; rank++) {
      int distance =
          ScrambledZipfian.recordOf(rank, RECORDS) - ScrambledZipfian.recordOf(rank + 1, RECORDS);
      assertThat(Math.abs(distance)).isGreaterThan(1);
    }
  }

  private static int[] counts() {
    int[] counts = new int[RECORDS];
    var records = new ScrambledZipfian(RECORDS, new SplittableRandom(1));
    for (int i = 0; i < SAMPLES; i++) {
      counts[records.next()]++;
    }
    return counts;
  }
}
