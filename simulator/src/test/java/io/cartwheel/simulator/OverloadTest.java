package io.cartwheel.simulator;

import static io.cartwheel.simulator.VirtualTime.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Five times as many requests as there is capacity for. */
class OverloadTest {

  @ParameterizedTest
  @CsvSource({"1,3,500", "2,5,500"})
  void costsLittleOfWhatCanBeDoneAndNothingOnceItIsOver(long seed, int nodes, int diskPerSecond) {
    var cluster = new PacedCluster(seed, nodes, diskPerSecond);
    Load load = cluster.load();
    load.offer(0.8 * cluster.capacity(), 5 * SECONDS);
    load.offer(0.95 * cluster.capacity(), 5 * SECONDS);
    load.offer(5 * cluster.capacity(), 10 * SECONDS);
    load.offer(0.5 * cluster.capacity(), 10 * SECONDS);
    cluster.world().time().runUntil(40 * SECONDS);

    Load.Figures before = load.figures(5 * SECONDS, 10 * SECONDS);
    Load.Figures during = load.figures(10 * SECONDS, 20 * SECONDS);
    Load.Figures after = load.figures(24 * SECONDS, 30 * SECONDS);
    assertThat(before.donePerSecond()).isGreaterThan((long) (0.85 * cluster.capacity()));
    assertThat(during.donePerSecond()).isGreaterThan(before.donePerSecond() * 8 / 10);
    assertThat(during.p99Millis()).isLessThan(4_000);
    assertThat(after.overloaded() + after.failed()).isZero();
    assertThat(after.p99Millis()).isLessThan(100);
    assertThat(load.mostQuestions()).isLessThan((long) (6 * cluster.capacity()));
    assertThat(cluster.world().violations().count()).isZero();
  }
}
