package io.cartwheel.core.version;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cartwheel.core.fixture.SeededCases;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Version sets against {@link CausalHistories}, on random schedules. */
class VersionSetModelTest {
  private static final int SCHEDULES = 100_000;
  private static final int STEPS = 14;

  /** Dynamo §4.4: what a context covers is superseded, all else stays side by side. */
  @Test
  void aVersionSetIsWhatTheCausalHistoriesSayAfterEachStepOfAnySchedule() {
    SeededCases.forEach(
        SCHEDULES,
        random -> {
          var key = new ModelledKey(random, false);
          for (int step = 0; step < STEPS; step++) {
            key.step();
          }
          key.compareEncodings();
          key.converge();
        });
  }

  @Test
  void theReferenceFindsAnEpochThatOutlivesTheLossOfItsHistory() {
    assertThatThrownBy(() ->
            SeededCases.forEach(
                10_000,
                random -> {
                  var key = new ModelledKey(random, true);
                  for (int step = 0; step < STEPS; step++) {
                    key.step();
                  }
                }))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("seed");
  }

  @Test
  void statesOfOneHistoryMergeInAnyOrderAndGrouping() {
    SeededCases.forEach(
        20_000,
        random -> {
          var key = new ModelledKey(random, false);
          for (int step = 0; step < STEPS; step++) {
            key.step();
          }
          List<VersionSet> states = key.states();
          VersionSetLawsTest.checkMergeLaws(states.get(0), states.get(1), states.get(2));
        });
  }
}
