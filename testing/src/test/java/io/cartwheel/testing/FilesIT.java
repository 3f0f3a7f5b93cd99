package io.cartwheel.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that runs out of files waits for some to be closed, and goes on. */
class FilesIT {
  private static final int FILES = 600;

  @TempDir Path folder;

  @Test
  void aNodeThatRanOutOfFilesServesAgainOnceThereAreSome() throws IOException {
    List<Integer> ports = FreePorts.take(3);
    var own = new NodeSettings.Ports(ports.get(0), ports.get(1), ports.get(2));
    String alone = "n1=" + NodeSettings.loopback(own.peer());
    var settings = new NodeSettings("n1", folder.resolve("n1"), own, alone, List.of());
    try (var node = new ServerProcess(settings, Launch.classPath().withFiles(FILES))) {
      node.start().awaitReady(LocalCluster.PATIENCE);
      assertThat(node.logs()).contains("limits.max_connections");
      assertThat(put(node, "before")).isEqualTo(204);
      exhaust(node);
      await()
          .ignoreExceptions()
          .atMost(Duration.ofSeconds(30))
          .until(() -> put(node, "after") == 204);
      assertThat(node.client().get("files", "before").status()).isEqualTo(200);
    }
  }

  /** Peers are not held to so few connections as clients: theirs take all files there are. */
  private static void exhaust(ServerProcess node) throws IOException {
    List<RawSocket> held = new ArrayList<>();
    try {
      for (int i = 0; i < 2 * FILES; i++) {
        held.add(new RawSocket(node.settings().ports().peer()));
      }
      long ticks = ticks(node);
      await().atMost(Duration.ofSeconds(30)).until(() -> openFiles(node) < FILES / 2);
      assertThat(node.isAlive()).isTrue();
      assertThat(node.logs()).contains("Too many open files");
      assertThat(ticks(node) - ticks).as("hundredths of a second of processor").isLessThan(1_000);
    } finally {
      for (RawSocket socket : held) {
        socket.close();
      }
    }
  }

  private static int put(ServerProcess node, String key) throws IOException {
    return node.client().put("files", key, new byte[10], "Content-Type", "a/b").status();
  }

  private static long openFiles(ServerProcess node) throws IOException {
    try (var files = Files.list(Path.of("/proc", Long.toString(node.pid()), "fd"))) {
      return files.count();
    }
  }

  private static long ticks(ServerProcess node) throws IOException {
    String stat = Files.readString(Path.of("/proc", Long.toString(node.pid()), "stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
  }
}
