package io.cartwheel.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How nodes start, stop, stand still and start again. */
class LifeIT {
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(20);

  @RegisterExtension static final CartwheelCluster cluster = CartwheelCluster.of(3);

  @Test
  void aNodeStopsCleanlyOnSigtermAndGoesOnWhereItStopped() throws IOException {
    ServerProcess node = cluster.node("n1");
    put(node, "clean-stop", "kept");
    assertThat(node.terminate(STOP_PATIENCE)).as("exit status").isZero();
    node.start().awaitReady(LocalCluster.PATIENCE);
    assertThat(node.client().get("life", "clean-stop").text()).isEqualTo("kept");
  }

  @Test
  void aDataDirectoryInUseIsRefused() throws IOException {
    String inUse = cluster.node("n1").settings().dataDir().toString();
    List<Integer> ports = FreePorts.take(3);
    Command second =
        Command.run(
            STOP_PATIENCE,
            "server",
            "--data-dir=" + inUse,
            "--http=" + NodeSettings.loopback(ports.get(0)),
            "--pb=" + NodeSettings.loopback(ports.get(1)),
            "--peer=" + NodeSettings.loopback(ports.get(2)));
    assertThat(second.status()).isEqualTo(1);
    assertThat(second.out()).isEmpty();
    assertThat(second.err()).contains(inUse, "in use").doesNotContain("\tat ");
    put(cluster.node("n1"), "after-intruder", "fine");
  }

  @Test
  void aNodeThatStandsStillDoesNotStopWrites() throws IOException {
    ServerProcess paused = cluster.node("n3");
    paused.pause();
    try {
      for (int i = 0; i < 200; i++) {
        put(cluster.node(i % 2 == 0 ? "n1" : "n2"), "paused/" + i, "value " + i);
      }
    } finally {
      paused.resume();
    }
    for (int i = 0; i < 200; i++) {
      assertThat(paused.client().get("life", "paused/" + i).text()).isEqualTo("value " + i);
    }
  }

  @Test
  void oneNodeAloneTakesAWriteAndKeepsIt() throws IOException {
    try (LocalCluster alone = LocalCluster.of(1)) {
      ServerProcess node = alone.node("n1");
      put(node, "alone", "kept");
      node.kill9();
      node.start().awaitReady(LocalCluster.PATIENCE);
      assertThat(node.client().get("life", "alone").text()).isEqualTo("kept");
    }
  }

  private static void put(ServerProcess node, String key, String value) throws IOException {
    Reply reply =
        node.client().put("life", key, value.getBytes(UTF_8), "Content-Type", "text/plain");
    assertThat(reply.status()).as("put of " + key + ": " + reply).isEqualTo(204);
  }
}
