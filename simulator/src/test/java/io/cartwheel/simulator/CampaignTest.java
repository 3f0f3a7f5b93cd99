package io.cartwheel.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.cartwheel.core.port.Observer;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;

class CampaignTest {
  /** What no simulated fault brings about. */
  private static final EnumSet<Observer.Event> NEVER_EXPECTED =
      EnumSet.of(
          Observer.Event.DOT_SHARED, Observer.Event.OVERLOADED, Observer.Event.SIBLINGS_REFUSED);

  private static final Campaign.Result RESULT =
      Campaign.run(new Campaign.Settings(1, 24, 20), _ -> {});

  @Test
  void noSeedBreaksAPromise() {
    assertThat(RESULT.failing()).isEmpty();
    assertThat(RESULT.violations()).isZero();
  }

  @Test
  void everyFaultOnTheMenuStrikes() {
    assertThat(RESULT.faults()).containsOnlyKeys(Fault.values());
  }

  @Test
  void everyRareBranchIsTakenSometimes() {
    assertThat(RESULT.probes().keySet())
        .containsExactlyInAnyOrderElementsOf(EnumSet.complementOf(NEVER_EXPECTED));
    assertThat(RESULT.readsWithSiblings()).isPositive();
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
