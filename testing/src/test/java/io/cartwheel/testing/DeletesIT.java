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
 * What is deleted is forgotten, and never comes back: not from a node that was away all the time,
 * not out of an older copy of a directory.
 *
 * <p>{@code -Dcartwheel.deletes.keys=10000} for more than a few; how long it takes is printed.
 */
class DeletesIT {
  private static final int KEYS = Integer.getInteger("cartwheel.deletes.keys", 60);
  private static final int KEPT = 20;
  private static final Duration PATIENCE = Duration.ofSeconds(90 + KEYS / 100);
  private static final Target HEALTH = Target.of("admin", "v1", "health");

  @RegisterExtension
  final CartwheelCluster cluster =
      CartwheelCluster.of(3, "--set", "forgetting.barrier_interval=500ms");

  @Test
  void deletesAreForgottenOnceANodeThatMissedThemAllIsBack() throws IOException {
    ServerProcess away = cluster.node("n3");
    put(0, KEYS);
    away.kill9();
    delete(0, KEYS);
    await().atMost(PATIENCE).until(() -> health("n1").contains("\"held_up_by\":[\"n3\"]"));
    assertThat(forgotten()).as("forgotten while a node is away").isZero();

    away.start().awaitReady(LocalCluster.PATIENCE);
    long began = System.nanoTime();
    await().atMost(PATIENCE).until(() -> waiting() == 0 && forgotten() >= 3L * KEYS);
    System.out.printf("%d deletes forgotten in %.1f s%n", KEYS, (System.nanoTime() - began) / 1e9);
    noneIsBack(0, KEYS);
    nothingIsLeftOf(0, Math.min(KEYS, 50));

    for (ServerProcess node : cluster.nodes().nodes()) {
      node.kill9();
    }
    for (ServerProcess node : cluster.nodes().nodes()) {
      node.start();
    }
    for (ServerProcess node : cluster.nodes().nodes()) {
      node.awaitReady(LocalCluster.PATIENCE);
    }
    noneIsBack(0, KEYS);
    nothingIsLeftOf(0, Math.min(KEYS, 50));
  }

  @Test
  void anOlderDirectoryBringsNothingBackThatWasDeletedSince() throws IOException {
    ServerProcess restored = cluster.node("n3");
    put(0, KEYS + KEPT);
    restored.kill9();
    Path copy = copyOf(restored.settings().dataDir());
    restored.start().awaitReady(LocalCluster.PATIENCE);
    delete(0, KEYS);
    await().atMost(PATIENCE).until(() -> waiting() == 0 && forgotten() >= 3L * KEYS);

    restored.kill9();
    remove(restored.settings().dataDir());
    Files.move(copy, restored.settings().dataDir());
    restored.start().awaitReady(LocalCluster.PATIENCE);
    assertThat(restored.logs()).contains("it is an older copy");
    noneIsBack(0, KEYS);
    for (int i = KEYS; i < KEYS + KEPT; i++) {
      assertThat(restored.client().get(item(i)).text()).isEqualTo("value " + i);
    }
    await().atMost(PATIENCE).until(() -> !health("n3").contains("\"recovering\":true"));
    noneIsBack(0, KEYS);
  }

  private void put(int first, int count) throws IOException {
    for (int i = first; i < first + count; i++) {
      byte[] value = ("value " + i).getBytes(UTF_8);
      Reply reply = client(i).put(item(i).with("w", "all"), value, "Content-Type", "text/plain");
      assertThat(reply.status()).as("write %d: %s", i, reply).isEqualTo(204);
    }
  }

  private void delete(int first, int count) throws IOException {
    for (int i = first; i < first + count; i++) {
      Reply reply = client(i).delete("carts", "cart-" + i);
      assertThat(reply.status()).as("delete %d: %s", i, reply).isEqualTo(204);
    }
  }

  /** n1 or n2, which are never away. */
  private ItemsClient client(int i) {
    return cluster.client(i % 2 == 0 ? "n1" : "n2");
  }

  /** Through no node, asked for the least that anybody holds. */
  private void noneIsBack(int first, int count) throws IOException {
    for (ServerProcess node : cluster.nodes().nodes()) {
      for (int i = first; i < first + count; i++) {
        Reply reply = node.client().get(item(i).with("r", 1));
        assertThat(reply.status()).as("read %d at %s: %s", i, node.name(), reply).isEqualTo(404);
      }
    }
  }

  /** No node has any record of these keys, not even that they were deleted. */
  private void nothingIsLeftOf(int first, int count) throws IOException {
    for (int i = first; i < first + count; i++) {
      Target explain =
          Target.of("admin", "v1", "explain").with("bucket", "carts").with("key", "cart-" + i);
      String report = cluster.client("n1").get(explain).text();
      assertThat(report).as("key %d", i).doesNotContain("\"tombstone\":true");
    }
  }

  private static Target item(int i) {
    return ItemsClient.item("carts", "cart-" + i);
  }

  private String health(String node) throws IOException {
    return cluster.client(node).get(HEALTH).text();
  }

  private long waiting() throws IOException {
    return sum("forgetting_keys");
  }

  private long forgotten() throws IOException {
    return sum("forgotten_total");
  }

  private long sum(String name) throws IOException {
    long sum = 0;
    for (ServerProcess node : cluster.nodes().nodes()) {
      sum += node.isAlive() ? metric(node, name) : 0;
    }
    return sum;
  }

  private static long metric(ServerProcess node, String name) throws IOException {
    String metrics = node.client().get(Target.of("metrics")).text();
    Matcher found =
        Pattern.compile("(?m)^cartwheel_" + name + "(?:\\{.*\\})? ([0-9.E]+)").matcher(metrics);
    assertThat(found.find()).as(name + " in " + metrics).isTrue();
    return (long) Double.parseDouble(found.group(1));
  }

  private static Path copyOf(Path folder) throws IOException {
    Path copy = folder.resolveSibling(folder.getFileName() + "-copy");
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(folder.relativize(file).toString()));
      }
    }
    return copy;
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.delete(file);
      }
    }
  }
}
