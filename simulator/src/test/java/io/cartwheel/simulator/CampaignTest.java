package io.cartwheel.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.cartwheel.core.port.Observer;
import java.util.EnumSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CampaignTest {
  /** What no simulated fault brings about. */
  private static final EnumSet<Observer.Event> NEVER_EXPECTED =
      EnumSet.of(
          Observer.Event.DOT_SHARED, Observer.Event.SIBLINGS_REFUSED, Observer.Event.TREE_MENDED);

  private Campaign.Result result;

  // Not in a static initialiser: the campaign's threads would wait for the class to be initialised.
  @BeforeAll
  void runSomeSeeds() {
    result = Campaign.run(new Campaign.Settings(1, 24, 20), _ -> {});
  }

  @Test
  void noSeedBreaksAPromise() {
    assertThat(result.failing()).isEmpty();
    assertThat(result.violations()).isZero();
  }

  @Test
  void everyFaultOnTheMenuStrikes() {
    assertThat(result.faults()).containsOnlyKeys(Fault.values());
  }

  @Test
  void everyRareBranchIsTakenSometimes() {
    assertThat(result.probes().keySet())
        .containsExactlyInAnyOrderElementsOf(EnumSet.complementOf(NEVER_EXPECTED));
    assertThat(result.readsWithSiblings()).isPositive();
  }

  @Test
  void aSeedRunsTheSameTwice() {
    assertThat(Simulation.run(7, 10)).isEqualTo(Simulation.run(7, 10));
  }

  @Test
  void seedsDiffer() {
    assertThat(Simulation.run(7, 5).traceHash()).isNotEqualTo(Simulation.run(8, 5).traceHash());
  }
}
