package io.cartwheel.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.cartwheel.server.config.ConfigLoader;
import io.cartwheel.server.config.Configuration;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedNodeTest {
  @TempDir Path folder;
  private final HttpClient client = HttpClient.newHttpClient();

  @Test
  void aKilledNodeIsNotStoppedCleanlyAndKeepsWhatItAcknowledged() throws Exception {
    CartwheelServer node = start(Map.of());
    assertThat(put(node, "book")).isEqualTo(204);
    node.kill();

    assertThat(folder.resolve("data/clean-stop")).doesNotExist();
    assertThatThrownBy(() -> get(node)).isInstanceOf(IOException.class);
    try (CartwheelServer again = start(Map.of())) {
      assertThat(get(again)).isEqualTo("book");
    }
    assertThat(folder.resolve("data/clean-stop")).exists();
  }

  @Test
  void treesAreKeptFromACleanStopToTheNextStartAndNoLonger() throws Exception {
    Path trees = folder.resolve("data/trees");
    CartwheelServer node = start(Map.of());
    put(node, "book");
    awaitTrees(node);
    node.close();
    assertThat(trees).exists();
    CartwheelServer again = start(Map.of());
    assertThat(trees).doesNotExist();
    put(again, "pen");
    awaitTrees(again);
    again.kill();
    assertThat(trees).doesNotExist();
  }

  private void awaitTrees(CartwheelServer node) {
    URI metrics = URI.create("http://" + node.httpAddress() + "/metrics");
    await()
        .until(() ->
            client
                .send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofString())
                .body()
                .contains("cartwheel_repair_trees_missing 0"));
  }

  @Test
  void aPausedNodeAnswersNobodyUntilItIsResumed() throws Exception {
    try (CartwheelServer node = start(Map.of())) {
      assertThat(put(node, "book")).isEqualTo(204);
      node.pause();
      assertThatThrownBy(() -> get(node)).isInstanceOf(HttpTimeoutException.class);
      node.resume();
      assertThat(get(node)).isEqualTo("book");
    }
  }

  @Test
  void aPausedNodeCanBeKilledAndClosed() throws Exception {
    CartwheelServer killed = start(Map.of());
    killed.pause();
    killed.kill();
    CartwheelServer closed = start(Map.of());
    closed.pause();
    closed.close();
    assertThat(folder.resolve("data/clean-stop")).exists();
  }

  @Test
  void aStartThatFailsHalfWayLeavesNothingOpen() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String inUse = "127.0.0.1:" + taken.getLocalPort();
      assertThatThrownBy(() -> start(Map.of("peer", inUse))).isInstanceOf(StartException.class);
      assertThatThrownBy(() -> start(Map.of("http", inUse))).isInstanceOf(StartException.class);
    }
    await().until(() -> nodeThreads() == 0);
    try (CartwheelServer node = start(Map.of())) {
      assertThat(put(node, "book")).isEqualTo(204);
    }
    await().until(() -> nodeThreads() == 0);
  }

  private static long nodeThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("embedded-shard"))
        .count();
  }

  private CartwheelServer start(Map<String, String> changes) throws Exception {
    Files.createDirectories(folder);
    var flags = new LinkedHashMap<String, String>();
    flags.put("name", "embedded");
    flags.put("data_dir", folder.resolve("data").toString());
    flags.put("http", "127.0.0.1:0");
    flags.put("peer", "127.0.0.1:0");
    flags.put("pb", "127.0.0.1:0");
    flags.putAll(changes);
    Configuration config = ConfigLoader.load(Optional.empty(), Map.of(), flags);
    CartwheelServer node = CartwheelServer.embed(config);
    node.ready().get(30, TimeUnit.SECONDS);
    return node;
  }

  private int put(CartwheelServer node, String value) throws Exception {
    HttpRequest request =
        item(node)
            .header("Content-Type", "text/plain")
            .PUT(HttpRequest.BodyPublishers.ofString(value))
            .build();
    return client.send(request, BodyHandlers.discarding()).statusCode();
  }

  private String get(CartwheelServer node) throws Exception {
    return client.send(item(node).build(), BodyHandlers.ofString()).body();
  }

  private static HttpRequest.Builder item(CartwheelServer node) {
    return HttpRequest.newBuilder(
            URI.create("http://" + node.httpAddress() + "/buckets/carts/keys/alice"))
        .timeout(Duration.ofSeconds(2));
  }
}
