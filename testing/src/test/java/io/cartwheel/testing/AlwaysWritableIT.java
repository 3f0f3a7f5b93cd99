package io.cartwheel.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cartwheel.cli.http.Target;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Most of five nodes are killed, the rest take every write, and what they took is with its owners
 * soon after those are back, though nobody reads it (Dynamo §4.6).
 */
class AlwaysWritableIT {
  private static final int KEYS = 200;
  private static final String BUCKET = "carts";

  /** Within so long after the restart all hints are handed over. */
  private static final Duration HANDED_OVER = Duration.ofSeconds(60);

  @RegisterExtension final CartwheelCluster cluster = CartwheelCluster.of(5);

  @ParameterizedTest
  @CsvSource({"4, 1, n4", "3, 2, n2"})
  void whoeverIsLeftTakesEveryWrite(int killed, int w, String survivor) throws IOException {
    List<ServerProcess> dead =
        cluster.nodes().nodes().stream()
            .filter(node -> !node.name().equals(survivor))
            .limit(killed)
            .toList();
    dead.forEach(ServerProcess::sendKill);
    dead.forEach(node -> node.awaitEnd(LocalCluster.PATIENCE));

    for (int i = 0; i < KEYS; i++) {
      Reply reply =
          cluster
              .client(survivor)
              .put(item(i).with("w", w), value(i), "Content-Type", "text/plain");
      assertThat(reply.status()).as("write %d: %s", i, reply).isEqualTo(204);
    }
    assertThat(hintsOf(cluster.node(survivor))).as("hints while nodes are down").isPositive();
    for (int i = 0; i < KEYS; i++) {
      Reply reply = cluster.client(survivor).get(item(i).with("r", w));
      assertThat(reply.text()).as("read %d: %s", i, reply).isEqualTo("value " + i);
    }

    cluster.nodes().startAll();
    await().atMost(HANDED_OVER).until(() -> hints() == 0);
    long repaired = readRepairs();
    for (int i = 0; i < KEYS; i++) {
      Reply reply = cluster.client("n3").get(fromAllOwners(i));
      assertThat(reply.status()).as("read %d from all owners: %s", i, reply).isEqualTo(200);
      assertThat(reply.text()).isEqualTo("value " + i);
    }
    assertThat(readRepairs()).as("owners that lacked a write").isEqualTo(repaired);
  }

  /** Whoever is asked: an owner that finds it out itself, or another that is told by an owner. */
  @Test
  void aWriteThatWantsItsOwnersThemselvesIsToldThatTheyAreTooFew() throws IOException {
    ServerProcess dead = cluster.node("n1");
    dead.sendKill();
    dead.awaitEnd(LocalCluster.PATIENCE);

    int refused = 0;
    for (int i = 0; i < 10; i++) {
      for (String survivor : List.of("n2", "n3", "n4", "n5")) {
        Reply reply =
            cluster
                .client(survivor)
                .put(item(i).with("pw", 3), value(i), "Content-Type", "text/plain");
        if (reply.status() != 204) {
          refused++;
          assertThat(reply.status()).as("write %d: %s", i, reply).isEqualTo(503);
          assertThat(reply.text()).startsWith("unavailable: 3 owners' answers needed, got 2");
        }
      }
    }
    assertThat(refused).isPositive().isLessThan(40);
    assertThat(refused % 4).as("all say the same of a key").isZero();
  }

  private static Target item(int i) {
    return ItemsClient.item(BUCKET, "cart-" + i);
  }

  private static Target fromAllOwners(int i) {
    return item(i).with("r", 3).with("pr", 3).with("fanout", "all");
  }

  private static byte[] value(int i) {
    return ("value " + i).getBytes(UTF_8);
  }

  private long hints() throws IOException {
    long sum = 0;
    for (ServerProcess node : cluster.nodes().nodes()) {
      sum += hintsOf(node);
    }
    return sum;
  }

  private static long hintsOf(ServerProcess node) throws IOException {
    Reply reply = node.client().get(Target.of("admin", "v1", "hints"));
    return number(reply.text(), "\"total\"\\s*:\\s*([0-9]+)");
  }

  private long readRepairs() throws IOException {
    long sum = 0;
    for (ServerProcess node : cluster.nodes().nodes()) {
      String metrics = node.client().get(Target.of("metrics")).text();
      sum += number(metrics, "(?m)^cartwheel_read_repair_total(?:\\{.*\\})? ([0-9]+)");
    }
    return sum;
  }

  private static long number(String text, String pattern) {
    Matcher found = Pattern.compile(pattern).matcher(text);
    assertThat(found.find()).as(pattern + " in " + text).isTrue();
    return Long.parseLong(found.group(1));
  }
}
