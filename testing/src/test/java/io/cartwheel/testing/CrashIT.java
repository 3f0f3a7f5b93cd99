package io.cartwheel.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** All nodes are killed at once under load: what was acknowledged is there when they are back. */
class CrashIT {
  private static final int WRITERS = 8;
  private static final int ACKED_BEFORE_THE_CRASH = 2000;
  private static final String ONCE = "once";
  private static final String CHAIN = "chain";

  @RegisterExtension final CartwheelCluster cluster = CartwheelCluster.of(3);

  /** Values by key that were acknowledged; for a chain the number of its last link. */
  private final Map<String, String> acked = new ConcurrentHashMap<>();

  private final Map<String, Integer> chains = new ConcurrentHashMap<>();
  private volatile boolean crashed;

  @Test
  void nothingAcknowledgedIsMissingAfterAllNodesWereKilledAtOnce() throws Exception {
    var writers = new ArrayList<Future<?>>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < WRITERS; i++) {
        int writer = i;
        writers.add(threads.submit(() -> write(writer)));
      }
      await()
          .atMost(Duration.ofMinutes(2))
          .pollInterval(Duration.ofMillis(5))
          .until(() -> acked.size() >= ACKED_BEFORE_THE_CRASH);
      crashed = true;
      cluster.nodes().kill9All();
    }
    for (Future<?> writer : writers) {
      writer.get();
    }

    cluster.nodes().startAll();

    assertThat(missing()).isEmpty();
    for (var chain : chains.entrySet()) {
      Reply last = cluster.client("n2").get(CHAIN, chain.getKey());
      assertThat(last.status()).as("chain " + chain.getKey()).isEqualTo(200);
      assertThat(Integer.parseInt(last.text()))
          .as("the last link of chain " + chain.getKey())
          .isBetween(chain.getValue(), chain.getValue() + 1);
    }
  }

  /** Writes keys of its own, and after each the next link of its chain, until the crash. */
  private void write(int writer) {
    ItemsClient client = cluster.nodes().nodes().get(writer % 3).client();
    String context = "";
    for (int i = 0; !crashed; i++) {
      try {
        String key = writer + "/" + i;
        if (put(client, ONCE, key, "value of " + key).isSuccess()) {
          acked.put(key, "value of " + key);
        }
        Reply link =
            context.isEmpty()
                ? put(client, CHAIN, "c" + writer, "0")
                : put(client, CHAIN, "c" + writer, "" + i, "X-Riak-Vclock", context);
        assertThat(link.status()).isEqualTo(204);
        chains.put("c" + writer, i);
        // A write that was tried at two coordinators may leave a twin, which has to be read first.
        context =
            link.header("X-Riak-Vclock").isPresent()
                ? link.context()
                : client.get(CHAIN, "c" + writer).context();
      } catch (IOException e) {
        assertThat(crashed).as("a node broke off before it was killed: " + e).isTrue();
        return;
      }
    }
  }

  private static Reply put(
      ItemsClient client, String bucket, String key, String value, String... headers)
      throws IOException {
    var all = new ArrayList<>(List.of("Content-Type", "text/plain"));
    all.addAll(List.of(headers));
    return client.put(bucket, key, value.getBytes(UTF_8), all.toArray(String[]::new));
  }

  private List<String> missing() throws IOException {
    var missing = new ArrayList<String>();
    for (var write : acked.entrySet()) {
      Reply reply = cluster.client("n1").get(ONCE, write.getKey());
      if (reply.status() != 200 || !reply.text().equals(write.getValue())) {
        missing.add(write.getKey() + ": " + reply);
      }
    }
    return missing;
  }
}
