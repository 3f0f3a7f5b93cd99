package io.cartwheel.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * One of five nodes is paused, another time killed and started again, while clients of the others
 * read and write: no request of theirs fails. How long they take is printed, not asserted.
 *
 * <p>{@code -Dcartwheel.faults.seconds=30 -Dcartwheel.faults.rate=500 -Dcartwheel.faults.warm=75}
 * measures in earnest; the nodes serve for a while first.
 */
class FaultsIT {
  private static final int SECONDS = Integer.getInteger("cartwheel.faults.seconds", 3);
  private static final int PER_SECOND = Integer.getInteger("cartwheel.faults.rate", 50);
  private static final int WARM = Integer.getInteger("cartwheel.faults.warm", 0);
  private static final int STARTING = Math.min(10, SECONDS);

  @RegisterExtension final CartwheelCluster cluster = CartwheelCluster.of(5);

  @Test
  void aPausedNodeFailsNobodysRequest() throws Exception {
    underLoad(
        "paused for " + SECONDS + " s",
        load -> {
          load.phase("paused");
          cluster.node("n5").pause();
          load.awaitSeconds(SECONDS);
          load.phase("going on");
          cluster.node("n5").resume();
          load.awaitSeconds(SECONDS);
        },
        "paused",
        "going on");
  }

  @Test
  void aKilledNodeFailsNobodysRequest() throws Exception {
    underLoad(
        "killed and started again",
        load -> {
          load.phase("dead");
          cluster.node("n5").kill9();
          load.awaitSeconds(SECONDS);
          load.phase("starting");
          cluster.node("n5").start();
          load.awaitSeconds(STARTING);
          load.phase("back");
          cluster.node("n5").awaitReady(LocalCluster.PATIENCE);
          load.awaitSeconds(SECONDS);
        },
        "dead",
        "back");
  }

  private interface Trouble {
    void make(FaultLoad load) throws Exception;
  }

  private void underLoad(String name, Trouble trouble, String... together) throws Exception {
    List<ItemsClient> living =
        cluster.nodes().nodes().stream()
            .filter(node -> !node.name().equals("n5"))
            .map(ServerProcess::client)
            .toList();
    var load = new FaultLoad(living, PER_SECOND);
    try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
      Future<?> running = thread.submit(load::run);
      try {
        load.awaitSeconds(WARM);
        load.phase("before");
        load.awaitSeconds(SECONDS);
        load.forgetFailures();
        trouble.make(load);
      } finally {
        load.stop();
      }
      running.get();
    }
    System.out.println("n5 is " + name + ": " + load.report(together));
    assertThat(load.failed()).as("failed requests; the last one: " + load.lastFailure()).isZero();
  }
}
