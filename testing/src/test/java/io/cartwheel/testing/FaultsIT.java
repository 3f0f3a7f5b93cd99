package io.cartwheel.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
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
 * <p>{@code -Dcartwheel.faults.seconds=30 -Dcartwheel.faults.rate=500 -Dcartwheel.faults.warm=60}
 * measures in earnest: the nodes serve for a minute first, for their compilers' sake.
 */
class FaultsIT {
  private static final int SECONDS = Integer.getInteger("cartwheel.faults.seconds", 3);
  private static final int PER_SECOND = Integer.getInteger("cartwheel.faults.rate", 50);
  private static final int WARM = Integer.getInteger("cartwheel.faults.warm", 0);
  private static final Duration WARM_UP = Duration.ofSeconds(10);

  @RegisterExtension final CartwheelCluster cluster = CartwheelCluster.of(5);

  @Test
  void aPausedNodeFailsNobodysRequest() throws Exception {
    underLoad(
        "paused for " + SECONDS + " s",
        load -> {
          cluster.node("n5").pause();
          load.awaitSeconds(SECONDS);
          cluster.node("n5").resume();
          load.awaitSeconds(SECONDS);
        });
  }

  @Test
  void aKilledNodeFailsNobodysRequest() throws Exception {
    underLoad(
        "killed and started again",
        load -> {
          cluster.node("n5").kill9();
          load.awaitSeconds(SECONDS);
          load.processStarts(WARM_UP);
          cluster.node("n5").start().awaitReady(LocalCluster.PATIENCE);
          load.awaitSeconds(SECONDS);
        });
  }

  private interface Trouble {
    void make(FaultLoad load) throws Exception;
  }

  private void underLoad(String name, Trouble trouble) throws Exception {
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
        load.forget();
        load.awaitSeconds(SECONDS);
        System.out.println("before: " + load.report());
        load.forget();
        trouble.make(load);
      } finally {
        load.stop();
      }
      running.get();
    }
    System.out.println(name + ": " + load.report());
    assertThat(load.failed()).as("failed requests; the last one: " + load.lastFailure()).isZero();
  }
}
