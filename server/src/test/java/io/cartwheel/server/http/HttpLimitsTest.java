package io.cartwheel.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.cartwheel.server.http.RawClient.Reply;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

final class HttpLimitsTest extends HttpServerFixture {
  @Test
  void aClientThatAsksForTooMuchIsToldBeforeItSends() throws Exception {
    RawClient client = connect();
    client.send(
        "PUT "
            + KEY
            + " HTTP/1.1\r\nHost: h\r\nContent-Type: a/b\r\nContent-Length: 999999999\r\n"
            + "Expect: 100-continue\r\n\r\n");
    assertThat(client.reply().status()).isEqualTo(413);
    assertThat(client.isClosedByServer()).isTrue();
    assertThat(connect().send(put(KEY, "", "Expect: miracles\r\n")).reply().status())
        .isEqualTo(417);
  }

  @Test
  void aLengthBeyondAnyNumberIsRefused() throws Exception {
    RawClient client = connect();
    client.send(
        "PUT "
            + KEY
            + " HTTP/1.1\r\nHost: h\r\nContent-Type: a/b\r\nContent-Length: "
            + "9".repeat(23)
            + "\r\n\r\n");
    assertThat(client.reply().status()).isBetween(400, 413);
    assertThat(client.isClosedByServer()).isTrue();
  }

  @Test
  void tooLargeABodyIsRefusedReadOnAndLeft() throws Exception {
    String body = "x".repeat(1 << 20);
    RawClient announced = connect();
    announced.send(put(KEY, body, ""));
    Reply refused = announced.reply();
    assertThat(refused.status()).isEqualTo(413);
    assertThat(refused.header("Connection")).isEqualTo("close");
    assertThat(announced.isClosedByServer()).isTrue();

    RawClient chunked = connect();
    chunked.send(
        "PUT "
            + KEY
            + " HTTP/1.1\r\nHost: h\r\nContent-Type: a/b\r\nTransfer-Encoding: chunked\r\n\r\n"
            + "100000\r\n"
            + body
            + "\r\n0\r\n\r\n");
    assertThat(chunked.reply().status()).isEqualTo(413);
    assertThat(chunked.isClosedByServer()).isTrue();
    assertThat(connect().send(get(KEY)).reply().status()).isEqualTo(404);
  }

  @Test
  void giantHeadsAreRefused() throws Exception {
    String giant = "GET / HTTP/1.1\r\nHost: h\r\nX: " + "x".repeat(200_000) + "\r\n\r\n";
    assertThat(connect().send(giant).reply().status()).isEqualTo(431);
    assertThat(connect().send(get("/" + "x".repeat(20_000))).reply().status()).isEqualTo(414);
  }

  @Test
  void aHalfRequestIsGivenUp() throws Exception {
    restart(Map.of("timeouts.header", "50ms", "timeouts.body", "50ms"));
    RawClient head = connect();
    head.send("GET / HTTP/1.1\r\nHost: h\r\nX: ");
    assertThat(head.reply().status()).isEqualTo(408);
    assertThat(head.isClosedByServer()).isTrue();
    RawClient body = connect();
    body.send(put(KEY, "value", "").replaceFirst("lue$", ""));
    assertThat(body.reply().status()).isEqualTo(408);
    assertThat(body.isClosedByServer()).isTrue();
  }

  @Test
  void anIdleConnectionIsClosed() throws Exception {
    restart(Map.of("timeouts.idle", "50ms"));
    RawClient client = connect();
    assertThat(client.send(get("/ping")).reply().status()).isEqualTo(200);
    assertThat(client.isClosedByServer()).isTrue();
  }

  @Test
  void aConnectionThatIsNeverUsedIsClosed() throws Exception {
    restart(Map.of("timeouts.header", "50ms", "timeouts.idle", "1h"));
    assertThat(connect().isClosedByServer()).isTrue();
  }

  @Test
  void moreConnectionsThanAllowedAreClosed() throws Exception {
    restart(Map.of("limits.max_connections", "2"));
    RawClient first = connect();
    first.send(get("/ping")).reply();
    RawClient second = connect();
    second.send(get("/ping")).reply();
    assertThat(connect().isClosedByServer()).isTrue();
    first.close();
    Awaitility.await()
        .ignoreExceptions()
        .until(() -> connect().send(get("/ping")).reply().status() == 200);
  }

  @Test
  void moreBytesThanCanBeHeldAreRefused() throws Exception {
    restart(Map.of("limits.max_in_flight", "1MiB", "timeouts.body", "30s"));
    String body = "x".repeat(120_000);
    for (int i = 0; i < 8; i++) {
      connect().send(put(KEY + i, body, "").replaceFirst("x$", ""));
    }
    Awaitility.await().until(() -> gauge("cartwheel.http.held.bytes") >= 8 * (body.length() - 1));
    Reply refused = connect().send(put(KEY, body, "")).reply();
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.header("Retry-After")).isNotEmpty();
    stopClients();
    Awaitility.await().until(() -> gauge("cartwheel.http.held.bytes") == 0);
    assertThat(connect().send(put(KEY, body, "")).reply().status()).isEqualTo(204);
  }

  @Test
  void moreRequestsThanAllowedAreRefused() throws Exception {
    restart(Map.of("limits.max_requests", "2"));
    node.stall();
    connect().send(get(KEY));
    connect().send(get(KEY));
    Awaitility.await().until(() -> gauge("cartwheel.http.requests") == 2);
    Reply refused = connect().send(get("/ping")).reply();
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.body()).startsWith("overloaded");
    node.stalled().forEach(Runnable::run);
    Awaitility.await().until(() -> gauge("cartwheel.http.requests") == 0);
    assertThat(connect().send(get("/ping")).reply().status()).isEqualTo(200);
  }

  @Test
  void aClientThatTakesNothingInIsLeft() throws Exception {
    restart(Map.of("timeouts.body", "50ms"));
    RawClient client = connect();
    client.send(put(KEY, "x".repeat(120_000), "")).reply();
    client.send(get(KEY).repeat(500));
    Awaitility.await().until(() -> gauge("cartwheel.http.connections") == 0);
    assertThat(gauge("cartwheel.http.held.bytes")).isZero();
    assertThat(gauge("cartwheel.http.requests")).isZero();
  }
}
