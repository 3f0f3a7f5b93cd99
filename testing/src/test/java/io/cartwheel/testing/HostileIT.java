package io.cartwheel.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cartwheel.cli.http.Target;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Strangers do their worst to real nodes, while a well-behaved client writes and reads without one
 * error, and the nodes' memory stays bounded. {@code -Dcartwheel.hostile.connections=10000} is the
 * full size.
 */
class HostileIT {
  private static final int CONNECTIONS = Integer.getInteger("cartwheel.hostile.connections", 1000);

  /** A heap of 256 MiB, the engine's buffers, the JVM itself. */
  private static final long MOST_RESIDENT_KIB = 700 << 10;

  private static final String HALF_HEAD = "GET /ping HTTP/1.1\r\nHost: h\r\nX-Slow: ";
  private static final String PUT =
      "PUT /buckets/hostile/keys/k HTTP/1.1\r\nHost: h\r\nContent-Type: a/b\r\n";

  @RegisterExtension
  static final CartwheelCluster cluster =
      CartwheelCluster.of(3, "--timeouts-header=2s", "--timeouts-body=2s");

  private final Customer customer = new Customer(cluster.client("n1"));
  private final List<RawSocket> opened = new ArrayList<>();

  @BeforeEach
  void theCustomerIsServed() {
    await().until(() -> customer.served() > 0);
  }

  @AfterEach
  void nobodyElseWasHarmed() throws Exception {
    long served = customer.served();
    await().until(() -> customer.served() > served + 10);
    customer.close();
    for (RawSocket socket : opened) {
      socket.close();
    }
    assertThat(customer.complaints()).isEmpty();
    for (ServerProcess node : cluster.nodes().nodes()) {
      long resident = residentKib(node);
      System.out.println(node.name() + ": " + resident / 1024 + " MiB resident");
      assertThat(resident).as(node.name() + " resident").isLessThan(MOST_RESIDENT_KIB);
    }
  }

  private static long residentKib(ServerProcess node) throws IOException {
    Path status = Path.of("/proc", Long.toString(node.pid()), "status");
    if (!Files.exists(status)) {
      return 0;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .map(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
        .findFirst()
        .orElseThrow();
  }

  private RawSocket http() throws IOException {
    var socket = new RawSocket(cluster.node("n1").settings().ports().http());
    opened.add(socket);
    return socket;
  }

  private RawSocket peer() throws IOException {
    var socket = new RawSocket(cluster.node("n1").settings().ports().peer());
    opened.add(socket);
    return socket;
  }

  @Test
  void whatIsAtALimitIsTakenAndWhatIsOverItIsRefused() throws IOException {
    ItemsClient client = cluster.client("n1");
    String[] text = {"Content-Type", "text/plain"};
    assertThat(client.put("b", "k".repeat(1024), new byte[1], text).status()).isEqualTo(204);
    assertThat(client.put("b", "k".repeat(1025), new byte[1], text).status()).isEqualTo(400);
    assertThat(client.put("b", "full", new byte[1 << 20], text).status()).isEqualTo(204);
    assertThat(client.get("b", "full").body()).hasSize(1 << 20);
    assertThat(http().say(PUT + "Content-Length: 1048577\r\n\r\n").hearAll())
        .startsWith("HTTP/1.1 413");
    assertThat(http().say(PUT + "Content-Length: 1073741824\r\n\r\n").hearAll())
        .startsWith("HTTP/1.1 413");
    String damaged = client.get("b", "full").context().replaceFirst("..$", "xx");
    String[] withDamaged = {"Content-Type", "text/plain", "X-Riak-Vclock", damaged};
    assertThat(client.put("b", "full", new byte[1], withDamaged).status()).isEqualTo(400);
  }

  @Test
  void halfRequestsAreGivenUp() throws IOException {
    for (int i = 0; i < 100; i++) {
      http().say(HALF_HEAD);
      http().say(PUT + "Content-Length: 1000\r\n\r\nhalf");
    }
    RawSocket dripping = http().say(HALF_HEAD);
    Thread.startVirtualThread(() -> {
      for (int i = 0; i < 1_000_000; i++) {
        dripping.say("x");
      }
    });
    for (RawSocket socket : opened) {
      assertThat(socket.hearAll()).matches("(?s)(HTTP/1.1 (408|431|503).*)?");
    }
  }

  @Test
  void garbageOnEachPortIsRefused() throws IOException {
    var random = new Random(5);
    for (int i = 0; i < 100; i++) {
      var noise = new byte[1 + random.nextInt(5_000)];
      random.nextBytes(noise);
      http().say(new String(noise, StandardCharsets.ISO_8859_1) + "\r\n\r\n");
      peer().say(new String(noise, StandardCharsets.ISO_8859_1));
    }
    assertThat(peer().say("GET / HTTP/1.1\r\nHost: h\r\n\r\n").hearAll()).isEmpty();
    assertThat(peer().say("\u0016\u0003\u0001\u0002\u0000\u0001").hearAll()).isEmpty();
    assertThat(http().say("\u0016\u0003\u0001\u0002\u0000\u0001").hearAll())
        .matches("(?s)HTTP/1.1 40[08].*");
  }

  @Test
  void aPeerThatSaysNothingIsClosedAfterTwoSeconds() throws IOException {
    long began = System.nanoTime();
    assertThat(peer().hearAll()).isEmpty();
    assertThat(Duration.ofNanos(System.nanoTime() - began))
        .isBetween(Duration.ofMillis(1_900), Duration.ofSeconds(15));
  }

  @Test
  void floodsWhoseAnswersNobodyReadsAreLeft() throws IOException {
    ItemsClient client = cluster.client("n1");
    client.put("hostile", "large", new byte[100_000], "Content-Type", "a/b");
    String get = "GET /buckets/hostile/keys/large HTTP/1.1\r\nHost: h\r\n\r\n";
    for (int i = 0; i < 50; i++) {
      http().say(get.repeat(800));
    }
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> figure("cartwheel_http_held_bytes") < 1 << 20);
  }

  private static double figure(String name) throws IOException {
    String metrics = cluster.client("n1").get(Target.of("metrics")).text();
    return metrics
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aCrowdOfIdleConnectionsIsHeldAtSmallCost() throws Exception {
    long before = residentKib(cluster.node("n1"));
    int port = cluster.node("n1").settings().ports().http();
    List<String> command = Launch.classPath().command(List.of(port + "", CONNECTIONS + ""));
    List<String> crowd = new ArrayList<>(command);
    crowd.replaceAll(
        word -> word.equals("io.cartwheel.cli.Main") ? IdleCrowd.class.getName() : word);
    Process process = new ProcessBuilder(crowd).redirectErrorStream(true).start();
    try (BufferedReader said = process.inputReader()) {
      int most = Math.min(CONNECTIONS, 9_900);
      String line = String.valueOf(said.readLine());
      assertThat(line).startsWith("open ");
      assertThat(Integer.parseInt(line.substring(5))).isBetween(most, CONNECTIONS);
      long served = customer.served();
      await().until(() -> customer.served() > served + 100);
      long cost = residentKib(cluster.node("n1")) - before;
      System.out.println(CONNECTIONS + " idle connections: " + cost / 1024 + " MiB");
    } finally {
      process.destroyForcibly();
      process.waitFor();
    }
  }
}
