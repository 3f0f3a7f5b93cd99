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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HttpServerTest extends HttpServerFixture {
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
