package io.cartwheel.core.handoff;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How much may be begun in twenty turns a second. */
class PaceTest {
  private static final int TURNS_PER_SECOND = 20;

  /** Whatever was not used is forfeit beyond that, so that nobody is flooded after a long calm. */
  @ParameterizedTest
  @CsvSource({"1000, 50", "30, 2", "20, 1", "1, 1"})
  void aTurnAllowsNoMoreThanItsWorthHoweverManyPassedUnused(double perSecond, int most) {
    var pace = new Pace(perSecond, TURNS_PER_SECOND);
    for (int turn = 0; turn < 1_000; turn++) {
      pace.turn(1);
    }

    assertThat(pace.most()).isEqualTo(most);
    assertThat(pace.allowed()).isEqualTo(most);
  }

  @ParameterizedTest
  @CsvSource({"1000, 50000", "30, 1500", "20, 1000", "1, 50", "0.5, 25"})
  void whatIsUsedAsItComesAddsUpToTheRate(double perSecond, int inFiftySeconds) {
    var pace = new Pace(perSecond, TURNS_PER_SECOND);
    int begun = 0;
    for (int turn = 0; turn < 50 * TURNS_PER_SECOND; turn++) {
      pace.turn(1);
      for (; pace.allowed() > 0; begun++) {
        pace.began();
      }
    }

    assertThat(begun).isEqualTo(inFiftySeconds);
  }

  /** At least ten a second, if the rate is that high. */
  @ParameterizedTest
  @CsvSource({"1000, 0.5, 25000", "1000, 0.02, 1000", "100, 0.02, 500", "5, 0.02, 250"})
  void aShareOfTheRateMayBeAllThatIsToBeHad(double perSecond, double share, int inFiftySeconds) {
    var pace = new Pace(perSecond, TURNS_PER_SECOND);
    int begun = 0;
    for (int turn = 0; turn < 50 * TURNS_PER_SECOND; turn++) {
      pace.turn(share);
      for (; pace.allowed() > 0; begun++) {
        pace.began();
      }
    }

    assertThat(begun).isBetween(inFiftySeconds - 1, inFiftySeconds);
  }
}
