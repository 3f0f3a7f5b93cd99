package io.cartwheel.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cartwheel.cli.http.Target;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Values that expire, on real processes with real clocks. */
class ExpiryIT {
  @RegisterExtension
  static final CartwheelCluster cluster =
      CartwheelCluster.of(3, "--set", "bucket_types.brief.ttl=2s");

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int NOT_FOUND = 404;
  private static final String TTL = "X-Cartwheel-TTL";

  @Test
  void aValueIsShownByAllNodesUntilItExpiresAndByNoneAfterwards() throws IOException {
    assertThat(put("n1", "long", "kept", TTL, "600").status()).isEqualTo(204);
    assertThat(put("n1", "short", "passing", TTL, "1").status()).isEqualTo(204);
    for (ServerProcess node : cluster.nodes().nodes()) {
      awaitGone(node, "short");
      Reply kept = node.client().get("expiry", "long");
      assertThat(kept.text()).isEqualTo("kept");
      assertThat(left(kept)).isBetween(300L, 600L);
    }
  }

  @Test
  void whatHasExpiredIsWrittenOverAndSurvivesNoRestart() throws IOException {
    ServerProcess node = cluster.node("n2");
    put("n1", "session", "old", TTL, "1");
    awaitGone(node, "session");
    String context = node.client().get("expiry", "session").context();
    node.kill9();
    node.start().awaitReady(LocalCluster.PATIENCE);
    assertThat(node.client().get("expiry", "session").status()).isEqualTo(404);

    assertThat(put("n3", "session", "new", "X-Riak-Vclock", context).status()).isEqualTo(204);
    Reply read = node.client().get("expiry", "session");
    assertThat(read.text()).isEqualTo("new");
    assertThat(read.header(TTL)).isEmpty();
  }

  @Test
  void aTypesTimeToLiveIsForWritesThatSayNone() throws IOException {
    var target = Target.of("types", "brief", "buckets", "expiry", "keys", "usual");
    cluster.client("n1").put(target, "passing".getBytes(UTF_8), "Content-Type", "text/plain");
    await().atMost(PATIENCE).until(() -> cluster.client("n2").get(target).status() == NOT_FOUND);
  }

  private static void awaitGone(ServerProcess node, String key) {
    await().atMost(PATIENCE).until(() -> node.client().get("expiry", key).status() == NOT_FOUND);
  }

  private static Reply put(String node, String key, String value, String name, String text)
      throws IOException {
    return cluster
        .client(node)
        .put("expiry", key, value.getBytes(UTF_8), "Content-Type", "text/plain", name, text);
  }

  private static long left(Reply reply) {
    return Long.parseLong(reply.header(TTL).orElseThrow());
  }
}
