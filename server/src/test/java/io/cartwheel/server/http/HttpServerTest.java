package io.cartwheel.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cartwheel.server.http.RawClient.Reply;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HttpServerTest {
  private static final String KEY = "/buckets/b/keys/k";

  private PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final List<AutoCloseable> opened = new ArrayList<>();
  private LocalNode node;
  private HttpServer server;

  @BeforeEach
  void start() throws Exception {
    restart(Map.of());
  }

  private void restart(Map<String, String> settings) throws Exception {
    stop();
    meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    var all = new TreeMap<>(Map.of("limits.max_value", "128KiB", "timeouts.body", "2s"));
    all.putAll(settings);
    node = new LocalNode(all);
    opened.add(node);
    server =
        HttpServer.bind(
            HttpSettings.of(node.configuration()),
            node.loops().group(),
            new HttpNode(node, meters, meters::scrape, node));
    opened.add(server);
  }

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable each : opened.reversed()) {
      each.close();
    }
    opened.clear();
  }

  private RawClient connect() throws IOException {
    var client = new RawClient(server.port());
    opened.add(client);
    return client;
  }

  private static String get(String path) {
    return "GET " + path + " HTTP/1.1\r\nHost: h\r\n\r\n";
  }

  private static String put(String path, String body, String more) {
    return "PUT %s HTTP/1.1\r\nHost: h\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n%s\r\n%s"
        .formatted(path, body.length(), more, body);
  }

  @Test
  void valuesOfAnyBytesComeBackAsTheyWere() throws Exception {
    byte[] value = new byte[100_000];
    for (int i = 0; i < value.length; i++) {
      value[i] = (byte) (i * 31 >> 3);
    }
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI uri = URI.create("http://127.0.0.1:" + server.port() + "/buckets/b/keys/%ff%00%2F");
      HttpRequest write =
          HttpRequest.newBuilder(uri)
              .header("Content-Type", "image/x")
              .PUT(HttpRequest.BodyPublishers.ofByteArray(value))
              .build();
      assertThat(client.send(write, BodyHandlers.discarding()).statusCode()).isEqualTo(204);
      HttpResponse<byte[]> read =
          client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofByteArray());
      assertThat(read.body()).isEqualTo(value);
      assertThat(read.headers().firstValue("content-type")).contains("image/x");
    }
  }

  @Test
  void pipelinedRequestsAreAnsweredInOrder() throws Exception {
    RawClient client = connect();
    var all = new StringBuilder();
    for (int i = 0; i < 200; i++) {
      all.append(put(KEY + i, "value " + i, "")).append(get(KEY + i)).append(get("/ping"));
    }
    client.send(all.toString());
    for (int i = 0; i < 200; i++) {
      assertThat(client.reply().status()).isEqualTo(204);
      assertThat(client.reply().body()).isEqualTo("value " + i);
      assertThat(client.reply().body()).isEqualTo("OK");
    }
  }

  @Test
  void headSaysWhatGetWouldWithoutTheBody() throws Exception {
    RawClient client = connect();
    client.send(put(KEY, "value", "")).reply();
    client.send(get(KEY).replace("GET", "HEAD"));
    Reply head = client.replyWithoutBody();
    assertThat(head.header("Content-Length")).isEqualTo("5");
    assertThat(head.header("X-Riak-Vclock")).isNotEmpty();
    assertThat(client.send(get(KEY)).reply().body()).isEqualTo("value");
  }

  @Test
  void requestsKeepTheirIdOrGetOne() throws Exception {
    RawClient client = connect();
    Reply named = client.send(put(KEY, "v", "X-Cartwheel-Request-Id: my-id.1\r\n")).reply();
    assertThat(named.header("X-Cartwheel-Request-Id")).isEqualTo("my-id.1");
    assertThat(client.send(get("/ping")).reply().header("X-Cartwheel-Request-Id")).isNotEmpty();
    Reply tooLong =
        client.send(put(KEY, "", "X-Cartwheel-Request-Id: " + "x".repeat(65) + "\r\n")).reply();
    assertThat(tooLong.status()).isEqualTo(400);
  }

  @Test
  void aRepeatedRequestMakesNoSibling() throws Exception {
    RawClient client = connect();
    String request = put(KEY, "v", "X-Cartwheel-Request-Id: once\r\n");
    assertThat(client.send(request).reply().status()).isEqualTo(204);
    assertThat(client.send(request).reply().status()).isEqualTo(204);
    assertThat(client.send(get(KEY)).reply().status()).isEqualTo(200);
  }

  @Test
  void chunkedBodiesAreTaken() throws Exception {
    RawClient client = connect();
    client.send(
        "PUT "
            + KEY
            + " HTTP/1.1\r\nHost: h\r\nContent-Type: a/b\r\nTransfer-Encoding: chunked\r\n\r\n"
            + "3\r\nabc\r\n4;x=y\r\ndefg\r\n0\r\nTrailer: t\r\n\r\n");
    assertThat(client.reply().status()).isEqualTo(204);
    assertThat(client.send(get(KEY)).reply().body()).isEqualTo("abcdefg");
  }

  @Test
  void aClientThatAsksMaySendItsBody() throws Exception {
    RawClient client = connect();
    String[] request = put(KEY, "value", "Expect: 100-continue\r\n").split("(?<=\r\n\r\n)");
    client.send(request[0]);
    assertThat(client.replyWithoutBody().status()).isEqualTo(100);
    client.send(request[1]);
    assertThat(client.reply().status()).isEqualTo(204);
  }

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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "NONSENSE\\r\\n\\r\\n | 400",
        "GET / HTTP/1.1\\r\\n\\r\\n | 400",
        "GET / HTTP/1.1\\r\\nHost: a\\r\\nHost: b\\r\\n\\r\\n | 400",
        "GET /buckets/b/keys/%zz HTTP/1.1\\r\\nHost: h\\r\\n\\r\\n | 400",
        "GET /buckets//keys/k HTTP/1.1\\r\\nHost: h\\r\\n\\r\\n | 400",
        "BREW /ping HTTP/1.1\\r\\nHost: h\\r\\n\\r\\n | 405",
        "GET /nowhere HTTP/1.1\\r\\nHost: h\\r\\n\\r\\n | 404",
        "GET /stats HTTP/1.1\\r\\nHost: h\\r\\n\\r\\n | 501",
        "GET /buckets?buckets=true HTTP/1.1\\r\\nHost: h\\r\\n\\r\\n | 501",
        "GET /types/t/props HTTP/1.1\\r\\nHost: h\\r\\n\\r\\n | 501",
        "POST /mapred HTTP/1.1\\r\\nHost: h\\r\\n\\r\\n | 501",
        "GET / HTTP/1.1\\r\\nHost: h\\r\\nBad Name: x\\r\\n\\r\\n | 400",
        "GET / HTTP/1.1\\r\\nHost: h\\r\\nContent-Length: 1\\r\\nContent-Length: 2\\r\\n\\r\\n | 400",
        "GET / HTTP/1.1\\r\\nHost: h\\r\\nContent-Length: -1\\r\\n\\r\\n | 400",
        "PUT /buckets/b/keys/k HTTP/1.1\\r\\nHost: h\\r\\nContent-Type: a/b\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\nzz\\r\\n | 400",
      })
  void hostileRequestsAreRefusedAndTheServerGoesOn(String request, int status) throws Exception {
    Reply reply = connect().send(request.replace("\\r\\n", "\r\n")).reply();
    assertThat(reply.status()).isEqualTo(status);
    assertThat(connect().send(get("/ping")).reply().status()).isEqualTo(200);
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
  void oldClientsAreLeftAfterTheAnswer() throws Exception {
    RawClient client = connect();
    assertThat(client.send("GET /ping HTTP/1.0\r\n\r\n").reply().body()).isEqualTo("OK");
    assertThat(client.isClosedByServer()).isTrue();
    RawClient polite = connect();
    polite.send("GET /ping HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
    assertThat(polite.reply().header("Connection")).isEqualTo("close");
    assertThat(polite.isClosedByServer()).isTrue();
  }

  @Test
  void refusalsWithoutABodyKeepTheConnection() throws Exception {
    RawClient client = connect();
    assertThat(client.send(get("/nowhere")).reply().status()).isEqualTo(404);
    assertThat(client.send(get("/ping")).reply().status()).isEqualTo(200);
  }

  @Test
  void theNodeTellsHowItIs() throws Exception {
    RawClient client = connect();
    assertThat(client.send(get("/healthz")).reply().status()).isEqualTo(200);
    assertThat(client.send(get("/readyz")).reply().status()).isEqualTo(200);
    assertThat(client.send(get("/")).reply().body()).contains("/buckets/{bucket}/keys/{key}");
    client.send(put(KEY, "v", "")).reply();
    Reply metrics = client.send(get("/metrics")).reply();
    assertThat(metrics.body())
        .contains("cartwheel_request_seconds_count{operation=\"put\",outcome=\"ok\"} 1")
        .contains("cartwheel_http_connections 1.0");
    node.ready(false);
    assertThat(client.send(get("/readyz")).reply().status()).isEqualTo(503);
    assertThat(client.send(get("/healthz")).reply().status()).isEqualTo(200);
  }

  @Test
  void theAdministrationIsTold() throws Exception {
    RawClient client = connect();
    assertThat(client.send(get("/admin/v1/ring")).reply().body())
        .contains("\"name\":\"n1\"", "\"state\":\"connected\"", "\"partitions\":8");
    assertThat(client.send(get("/admin/v1/owners")).reply().body())
        .contains("{\"partition\":7,\"owners\":[\"n1\"]}");
    assertThat(client.send(get("/admin/v1/preflist?bucket=b&key=k")).reply().body())
        .contains("\"primaries\":[\"n1\"]", "\"fallbacks\":[]");
    assertThat(client.send(get("/admin/v1/preflist?bucket=b")).reply().status()).isEqualTo(400);
    assertThat(client.send(get("/admin/v1/config")).reply().body())
        .contains("{\"key\":\"limits.max_value\",\"value\":\"128KiB\"")
        .contains("\"source\":\"flag --limits-max-value\"");
    assertThat(client.send(get("/admin/v1/none")).reply().status()).isEqualTo(404);
  }

  @Test
  void aStoppingServerEndsWithThePresentRequests() throws Exception {
    RawClient client = connect();
    client.send(get("/ping")).reply();
    server.stopAccepting();
    assertThat(client.send(get("/ping")).reply().header("Connection")).isEqualTo("close");
    assertThat(server.awaitRequests(Duration.ofSeconds(5))).isTrue();
    assertThatThrownBy(this::connect).isInstanceOf(IOException.class);
  }

  @Test
  void moreBytesThanCanBeHeldAreRefused() throws Exception {
    restart(Map.of("limits.max_in_flight", "1MiB", "timeouts.body", "30s"));
    String body = "x".repeat(120_000);
    for (int i = 0; i < 8; i++) {
      connect().send(put(KEY + i, body, "").replaceFirst("x$", ""));
    }
    Awaitility.await().until(() -> gauge("cartwheel.http.held.bytes") == 8 * (body.length() - 1));
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

  private void stopClients() throws Exception {
    for (AutoCloseable each : opened) {
      if (each instanceof RawClient client) {
        client.close();
      }
    }
  }

  private double gauge(String name) {
    return meters.get(name).gauge().value();
  }

  @Test
  void anAddressInUseIsSaidSo() {
    var settings = HttpSettings.of(node.configuration());
    var other = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    var taken =
        new HttpSettings(
            server.address(), settings.limits(), settings.timeouts(), settings.slowRequest());
    assertThatThrownBy(() ->
            HttpServer.bind(taken, node.loops().group(), new HttpNode(node, other, () -> "", node)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("can't serve HTTP at 127.0.0.1:" + server.port());
  }
}
