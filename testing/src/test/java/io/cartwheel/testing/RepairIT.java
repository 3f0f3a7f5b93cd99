package io.cartwheel.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cartwheel.cli.http.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Replicas repair themselves with no client's help (Dynamo §4.7): no hints are kept in these nodes,
 * and nobody reads before all is well.
 *
 * <p>{@code -Dcartwheel.repair.keys=200000} for more than a few; how long it takes is printed.
 */
class RepairIT {
  private static final int KEYS = Integer.getInteger("cartwheel.repair.keys", 1_000);
  private static final Duration PATIENCE = Duration.ofSeconds(60 + KEYS / 500);
  private static final Target REPAIR = Target.of("admin", "v1", "repair");

  @RegisterExtension
  final CartwheelCluster cluster = CartwheelCluster.of(3, "--set", "hints.quota=0");

  @Test
  void aNodeThatComesBackEmptyIsRefilled() throws IOException {
    put(0, KEYS);
    ServerProcess lost = cluster.node("n3");
    lost.kill9();
    delete(lost.settings().dataDir());
    lost.start().awaitReady(LocalCluster.PATIENCE);
    assertThat(isRecovering(lost)).as("recovering after a loss").isTrue();

    long began = System.nanoTime();
    await().atMost(PATIENCE).until(() -> !isRecovering(lost));
    System.out.printf("%d keys refilled in %.1f s%n", KEYS, (System.nanoTime() - began) / 1e9);
    assertThat(
            metric(lost, "repair_keys_repaired")
                + metric(cluster.node("n1"), "repair_keys_repaired"))
        .isPositive();
    holdsAlone(lost, 0, KEYS);
  }

  @Test
  void oneKeyThatDiffersIsFoundAndLittleIsMovedForIt() throws IOException {
    put(0, KEYS);
    ServerProcess away = cluster.node("n3");
    inSync();
    away.kill9();
    put(KEYS, 1);
    away.start().awaitReady(LocalCluster.PATIENCE);
    long before = moved();

    inSync();
    System.out.printf("%d bytes were exchanged for one key%n", moved() - before);
    holdsAlone(away, KEYS, 1);
  }

  @Test
  void whoIsAskedWhileANodeIsAwaySaysSo() throws IOException {
    cluster.node("n2").kill9();
    String report = cluster.client("n1").get(REPAIR).text();
    assertThat(report).contains("\"in_sync\":false").contains("\"name\":\"n2\",\"answered\":false");
    assertThat(cluster.client("n1").put(REPAIR, new byte[0]).status()).isEqualTo(400);
  }

  /** All members have compared all that they have. */
  private void inSync() throws IOException {
    Reply started = cluster.client("n1").put(REPAIR.with("start", "true"), new byte[0]);
    assertThat(started.status()).as("%s", started).isEqualTo(200);
    await()
        .atMost(PATIENCE)
        .until(() -> cluster.client("n1").get(REPAIR).text().startsWith("{\"in_sync\":true"));
  }

  private void put(int first, int count) throws IOException {
    List<String> living =
        cluster.nodes().nodes().stream()
            .filter(ServerProcess::isAlive)
            .map(ServerProcess::name)
            .toList();
    for (int i = first; i < first + count; i++) {
      String name = living.get(i % living.size());
      byte[] value = ("value " + i).getBytes(UTF_8);
      Reply reply = cluster.client(name).put(item(i), value, "Content-Type", "text/plain");
      assertThat(reply.status()).as("write %d: %s", i, reply).isEqualTo(204);
    }
  }

  /** With all others gone the node still has what they had. */
  private void holdsAlone(ServerProcess node, int first, int count) throws IOException {
    for (ServerProcess other : cluster.nodes().nodes()) {
      if (other != node) {
        other.kill9();
      }
    }
    for (int i = first; i < first + count; i++) {
      Reply reply = node.client().get(item(i).with("r", 1));
      assertThat(reply.text()).as("read %d: %s", i, reply).isEqualTo("value " + i);
    }
  }

  private static Target item(int i) {
    return ItemsClient.item("carts", "cart-" + i);
  }

  private static boolean isRecovering(ServerProcess node) throws IOException {
    return node.client()
        .get(Target.of("admin", "v1", "ring"))
        .text()
        .contains("\"recovering\":true");
  }

  private long moved() throws IOException {
    long sum = 0;
    for (ServerProcess node : cluster.nodes().nodes()) {
      sum += metric(node, "repair_bytes");
    }
    return sum;
  }

  private static long metric(ServerProcess node, String name) throws IOException {
    String metrics = node.client().get(Target.of("metrics")).text();
    Matcher found =
        Pattern.compile("(?m)^cartwheel_" + name + "_total(?:\\{.*\\})? ([0-9.E]+)")
            .matcher(metrics);
    assertThat(found.find()).as(name + " in " + metrics).isTrue();
    return (long) Double.parseDouble(found.group(1));
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
