package io.cartwheel.simulator;

import static io.cartwheel.simulator.VirtualTime.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One of five nodes is in trouble while clients of the others make 500 requests a second: none of
 * them fails, not even once, and one in a thousand takes long at most.
 *
 * <p>In virtual time, where it is the protocol alone that decides how long.
 */
class FailingNodeTest {
  private static final int DISK_PER_SECOND = 20_000;
  private static final int REQUESTS_PER_SECOND = 500;
  private static final long LONG_MILLIS = 50;

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void aPausedNodeFailsNobodysRequest(long seed) {
    var cluster = new PacedCluster(seed, 5, DISK_PER_SECOND);
    SimNode victim = cluster.world().nodes().getLast();
    cluster.load().spare(victim);
    serve(cluster, 10);
    victim.life().pause();
    serve(cluster, 30);
    victim.life().resume();
    serve(cluster, 10);

    assertNobodySuffered(cluster, 10, 50);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void aKilledNodeFailsNobodysRequest(long seed) {
    var cluster = new PacedCluster(seed, 5, DISK_PER_SECOND);
    SimNode victim = cluster.world().nodes().getLast();
    cluster.load().spare(victim);
    serve(cluster, 10);
    victim.kill();
    serve(cluster, 30);
    victim.start();
    serve(cluster, 10);

    assertNobodySuffered(cluster, 10, 50);
  }

  /** The machine is gone without a word: no connection is reset. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void aNodeWithoutPowerFailsNobodysRequest(long seed) {
    var cluster = new PacedCluster(seed, 5, DISK_PER_SECOND);
    SimNode victim = cluster.world().nodes().getLast();
    cluster.load().spare(victim);
    serve(cluster, 10);
    victim.losePower();
    serve(cluster, 30);
    victim.start();
    serve(cluster, 10);

    assertNobodySuffered(cluster, 10, 50);
  }

  private static void serve(PacedCluster cluster, int seconds) {
    cluster.load().offer(REQUESTS_PER_SECOND, seconds * SECONDS);
  }

  private static void assertNobodySuffered(PacedCluster cluster, int fromSecond, int toSecond) {
    cluster.world().time().runUntil((toSecond + 10) * SECONDS);
    Load.Figures figures = cluster.load().figures(fromSecond * SECONDS, toSecond * SECONDS);
    assertThat(figures.donePerSecond()).isEqualTo(REQUESTS_PER_SECOND);
    assertThat(figures.overloaded() + figures.failed()).isZero();
    assertThat(figures.p999Millis()).isLessThanOrEqualTo(LONG_MILLIS);
    assertThat(cluster.world().violations().count()).isZero();
  }
}
