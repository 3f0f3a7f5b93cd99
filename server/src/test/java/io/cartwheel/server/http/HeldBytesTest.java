package io.cartwheel.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.cartwheel.server.http.RawClient.Reply;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whatever a connection makes the server hold counts toward what all may hold. */
final class HeldBytesTest extends HttpServerFixture {
  private static final String HALF_HEAD = "GET / HTTP/1.1\r\nHost: h\r\n";

  @AfterEach
  void nothingIsHeldOnceTheClientsAreGone() throws Exception {
    stopClients();
    Awaitility.await().until(() -> held() == 0);
  }

  private double held() {
    return gauge("cartwheel.http.held.bytes");
  }

  @Test
  void whatIsPipelinedBehindARequestUnderWayStaysUndecoded() throws Exception {
    hears(connect().send(get("/ping").repeat(2_000)), 2_000);
    node.stall();
    long before = allocatedByLoops();
    List<RawClient> clients = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      clients.add(connect().send(get(KEY) + get("/ping").repeat(2_000)));
    }
    Awaitility.await().until(() -> gauge("cartwheel.http.requests") == 20 && held() > 20 * 2_000);
    assertThat((allocatedByLoops() - before) / 20).isLessThan(256 << 10);
    assertThat(held() / 20).isLessThan(256 << 10);
    node.stalled().forEach(Runnable::run);
    for (RawClient client : clients) {
      assertThat(client.reply().status()).isEqualTo(404);
      hears(client, 2_000);
    }
  }

  private static void hears(RawClient client, int pings) throws Exception {
    for (int i = 0; i < pings; i++) {
      assertThat(client.reply().status()).isEqualTo(200);
    }
  }

  @Test
  void halfHeadsCount() throws Exception {
    restart(Map.of("limits.max_in_flight", "1MiB"));
    for (int i = 0; i < 12; i++) {
      connect().send(HALF_HEAD + "X: " + "x".repeat(20_000) + "\r\nY: " + "y".repeat(39_000));
    }
    // A decoded line counts twice, what waits for its end once: now less than 101 000 are left.
    Awaitility.await().until(() -> held() > 12 * 79_000);
    RawClient refused = connect();
    refused.sendAsFarAsItGoes(HALF_HEAD + ("X: " + "x".repeat(20_000) + "\r\n").repeat(3));
    Reply reply = refused.reply();
    assertThat(reply.status()).isEqualTo(503);
    assertThat(reply.header("Retry-After")).isNotEmpty();
    assertThat(refused.isClosedByServer()).isTrue();
    stopClients();
    Awaitility.await().until(() -> held() == 0);
    assertThat(connect().send(get("/ping")).reply().status()).isEqualTo(200);
  }

  @Test
  void aHeadInWholeLinesIsGivenUpToo() throws Exception {
    restart(Map.of("timeouts.header", "50ms", "timeouts.idle", "1h"));
    RawClient client = connect();
    client.send(HALF_HEAD);
    assertThat(client.reply().status()).isEqualTo(408);
    assertThat(client.isClosedByServer()).isTrue();
  }

  @Test
  void halfAHeadBehindAWholeRequestIsGivenUpToo() throws Exception {
    restart(Map.of("timeouts.header", "50ms", "timeouts.idle", "1h"));
    node.stall();
    RawClient client = connect();
    client.send(get(KEY) + "GET / HT");
    Awaitility.await().until(() -> gauge("cartwheel.http.requests") == 1);
    node.stalled().forEach(Runnable::run);
    assertThat(client.reply().status()).isEqualTo(404);
    assertThat(client.reply().status()).isEqualTo(408);
  }

  /** The decoder keeps room for the longest header that it saw. */
  @Test
  void aGiantHeadEndsItsConnection() throws Exception {
    RawClient client = connect();
    client.send("GET /ping HTTP/1.1\r\nHost: h\r\nX: " + "x".repeat(20_000) + "\r\n\r\n");
    Reply reply = client.reply();
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("Connection")).isEqualTo("close");
    assertThat(client.isClosedByServer()).isTrue();
  }

  private static long allocatedByLoops() {
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long total = 0;
    for (var thread : threads.getThreadInfo(threads.getAllThreadIds())) {
      if (thread != null && thread.getThreadName().startsWith("local-")) {
        total += threads.getThreadAllocatedBytes(thread.getThreadId());
      }
    }
    return total;
  }
}
