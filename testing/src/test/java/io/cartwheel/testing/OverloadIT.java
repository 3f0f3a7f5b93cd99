package io.cartwheel.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cartwheel.testing.OpenLoop.Figures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Three nodes that are asked for five times as much as their engines can do. */
class OverloadIT {
  private static final int ENGINE_PER_SECOND = 200;

  /** Half the requests read at two replicas, half read and write at three. */
  private static final double CAPACITY = 3 * ENGINE_PER_SECOND / 4.0;

  private static final long MOST_RESIDENT_KIB = 700 << 10;

  @Test
  void theyDoAsMuchAsEverAndRefuseTheRestAtOnce() throws Exception {
    Launch launch = Launch.classPath(PacedNode.class.getName());
    try (var cluster =
            LocalCluster.prepared(
                launch,
                3,
                PacedNode.PER_SECOND,
                Integer.toString(ENGINE_PER_SECOND),
                "--shards",
                "1",
                "--engine",
                "memory",
                "--bucket-types.latest.allow-mult",
                "false");
        var clients =
            new OpenLoop(
                cluster.nodes().stream().map(node -> node.settings().ports().http()).toList())) {
      cluster.startAll();
      clients.offer(CAPACITY / 2, Duration.ofSeconds(3));
      Figures before = clients.offer(0.95 * CAPACITY, Duration.ofSeconds(5));
      Figures during = clients.offer(5 * CAPACITY, Duration.ofSeconds(10));
      String seen = "before: " + before + "\nduring: " + during + "\n" + cluster.logs();
      assertThat(during.donePerSecond()).as(seen).isGreaterThan(0.8 * before.donePerSecond());
      assertThat(during.slowestMillis()).as(seen).isLessThan(4_000);
      assertThat(during.answers())
          .as(seen)
          .allMatch(each -> each.isDone() || each.status() == 503 && each.retryAfter());
      for (ServerProcess node : cluster.nodes()) {
        assertThat(residentKib(node)).as(node.name()).isLessThan(MOST_RESIDENT_KIB);
      }
      await().atMost(Duration.ofSeconds(10)).until(() -> isWell(clients));
    }
  }

  /** Whether a second of bearable load is answered whole, and soon. */
  private static boolean isWell(OpenLoop clients) throws Exception {
    Figures after = clients.offer(CAPACITY / 2, Duration.ofSeconds(1));
    return after.count(503) == 0 && after.slowestMillis() < 500;
  }

  private static long residentKib(ServerProcess node) throws IOException {
    Path status = Path.of("/proc", Long.toString(node.pid()), "status");
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
        .findFirst()
        .orElseThrow();
  }
}
