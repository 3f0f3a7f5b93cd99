package io.cartwheel.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests that nobody sound sends: each has its answer, and the next client is served. */
final class HostileRequestsTest extends HttpServerFixture {
  private static final String HEAD = "PUT " + KEY + " HTTP/1.1\r\nHost: h\r\nContent-Type: a/b\r\n";
  private static final String SMUGGLED = "GET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n";

  @AfterEach
  void othersAreServed() throws Exception {
    assertThat(connect().send(get("/ping")).reply().status()).isEqualTo(200);
  }

  /** What is refused, and then the connection is closed: what follows is not looked at. */
  static Stream<Arguments> refusedAndLeft() {
    return Stream.of(
        refused("two lengths", 400, HEAD + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nab"),
        refused("a list of lengths", 400, HEAD + "Content-Length: 1, 2\r\n\r\nab"),
        refused("a negative length", 400, HEAD + "Content-Length: -1\r\n\r\n"),
        refused("a signed length", 400, HEAD + "Content-Length: +1\r\n\r\na"),
        refused("a length in hex", 400, HEAD + "Content-Length: 0x10\r\n\r\na"),
        refused("a length of 1 GiB", 413, HEAD + "Content-Length: 1073741824\r\n\r\n"),
        refused(
            "a length of 1 GiB, asked for",
            413,
            HEAD + "Content-Length: 1073741824\r\nExpect: 100-continue\r\n\r\n"),
        refused(
            "a length and chunks",
            400,
            HEAD + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
        refused(
            "chunks and a length",
            400,
            HEAD + "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n"),
        refused("another coding", 400, HEAD + "Transfer-Encoding: gzip\r\n\r\n"),
        refused("two codings", 400, HEAD + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"),
        refused(
            "a coding twice",
            400,
            HEAD + "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n"),
        refused("a misspelt coding", 400, HEAD + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n"),
        refused("a space before the colon", 400, HEAD + "Content-Length : 4\r\n\r\nabcd"),
        refused("a header without a name", 400, "GET / HTTP/1.1\r\nHost: h\r\n: x\r\n\r\n"),
        refused(
            "a NUL in a header's name", 400, "GET / HTTP/1.1\r\nHost: h\r\nX\u0000Y: x\r\n\r\n"),
        refused("a NUL in a header", 400, "GET / HTTP/1.1\r\nHost: h\r\nX: \u0000\r\n\r\n"),
        refused("a bare CR in a header", 400, "GET / HTTP/1.1\r\nHost: h\r\nX: a\rb: c\r\n\r\n"),
        refused("no version", 400, "GET /\r\nHost: h\r\n\r\n"),
        refused("another protocol", 400, "EHLO there SMTP/1.0\r\n\r\n"),
        refused("a chunk of no number", 400, HEAD + chunked("zz\r\nab\r\n")),
        refused("a chunk of negative size", 400, HEAD + chunked("-1\r\nab\r\n")),
        refused("a chunk beyond any number", 400, HEAD + chunked("fffffffffffffffff\r\nab\r\n")),
        refused("a giant chunk", 413, HEAD + chunked("7fffffff\r\n" + "x".repeat(200_000))),
        refused("a giant extension", 400, HEAD + chunked("1;x=" + "x".repeat(20_000) + "\r\n")),
        refused(
            "many trailers",
            400,
            HEAD + chunked("1\r\na\r\n0\r\n" + "X: y\r\n".repeat(5_000) + "\r\n")),
        refused(
            "a giant trailer",
            400,
            HEAD + chunked("1\r\na\r\n0\r\nX: " + "y".repeat(70_000) + "\r\n\r\n")),
        refused("a folded header", 400, "GET / HTTP/1.1\r\nHost: h\r\nX: a\r\n b\r\n\r\n"),
        refused("a folded trailer", 400, HEAD + chunked("0\r\nX: a\r\n\tb\r\n\r\n")),
        refused(
            "a header too many",
            431,
            "GET / HTTP/1.1\r\nHost: h\r\n" + "X: y\r\n".repeat(100) + "\r\n"),
        refused(
            "many headers",
            431,
            "GET / HTTP/1.1\r\nHost: h\r\n" + "X: y\r\n".repeat(5_000) + "\r\n"));
  }

  private static Arguments refused(String what, int status, String request) {
    return Arguments.of(what, status, request);
  }

  private static String chunked(String chunks) {
    return "Transfer-Encoding: chunked\r\n\r\n" + chunks;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refusedAndLeft")
  void isRefusedOnceAndLeft(String what, int status, String request) throws Exception {
    RawClient client = connect();
    client.sendAsFarAsItGoes(request + SMUGGLED);
    assertThat(client.reply().status()).as(what).isEqualTo(status);
    assertThat(client.isClosedByServer()).as("closed after " + what).isTrue();
  }

  /** What is refused, but leaves no doubt about where the next request begins. */
  static Stream<Arguments> refusedAlone() {
    String tooFar = KEY + "?r=4";
    return Stream.of(
        refused("a bad escape", 400, get("/buckets/b/keys/%zz")),
        refused("half an escape", 400, get("/buckets/b/keys/%4")),
        refused("an escape of full-width digits", 400, get("/buckets/b/keys/%\u00ff\u00fe")),
        refused("nothing but percent signs", 400, get("/" + "%".repeat(8_000))),
        refused("many parameters", 400, get("/ping?" + "a&".repeat(2_000))),
        refused("many segments", 404, get("/a".repeat(3_000))),
        refused("many segments under a bucket", 404, get("/buckets/b" + "/a".repeat(3_000))),
        refused("many segments of a part to come", 501, get("/mapred" + "/a".repeat(3_000))),
        refused("many segments of an index", 501, get("/buckets/b/index" + "/a".repeat(9))),
        refused("a quorum above n", 400, get(tooFar)),
        refused("a giant quorum", 400, get(KEY + "?r=" + "9".repeat(5_000))),
        refused("a negative quorum", 400, get(KEY + "?w=-1")),
        refused("a giant timeout", 400, get(KEY + "?timeout=99999999999999999999")),
        refused("a key too long", 400, get("/buckets/b/keys/" + "k".repeat(1025))),
        refused("a bucket too long", 400, get("/buckets/" + "b".repeat(256) + "/keys/k")),
        refused("no path", 400, get("smuggled")),
        refused("an asterisk", 400, get("*")),
        refused("empty segments", 400, get("//buckets//b//keys//k")),
        refused("no host", 400, "GET / HTTP/1.1\r\n\r\n"),
        refused("two hosts", 400, "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"),
        refused("a context of noise", 400, with("X-Riak-Vclock: " + "A".repeat(20_000))),
        refused("a context too long", 400, with("X-Riak-Vclock: " + "A".repeat(40_000))),
        refused("a context that is no text", 400, with("X-Riak-Vclock: \u00ff\u00fe==")),
        refused("a giant date", 404, with("If-Unmodified-Since: Sat, " + "2".repeat(100))),
        refused("a giant id", 400, with("X-Cartwheel-Request-Id: " + "i".repeat(65))),
        refused("a strange method", 405, "BREW " + KEY + " HTTP/1.1\r\nHost: h\r\n\r\n"));
  }

  private static String with(String header) {
    return "DELETE " + KEY + " HTTP/1.1\r\nHost: h\r\n" + header + "\r\n\r\n";
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refusedAlone")
  void isRefusedAlone(String what, int status, String request) throws Exception {
    RawClient client = connect();
    assertThat(client.send(request).reply().status()).as(what).isEqualTo(status);
    boolean longHead = request.length() > 8 << 10;
    if (!longHead) {
      assertThat(client.send(get("/ping")).reply().status()).isEqualTo(200);
    }
  }

  /** Headers that cost a naive reader seconds; the connection's loop has others to serve. */
  static Stream<Arguments> costly() {
    String colliding =
        IntStream.range(0, 2_000)
            .mapToObj(i -> Integer.toBinaryString(1 << 11 | i))
            .map(bits -> '"' + bits.replace("0", "Aa").replace("1", "BB") + '"')
            .collect(Collectors.joining(","));
    return Stream.of(
        Arguments.of("Link: " + "<".repeat(60_000)),
        Arguments.of("Link: " + "<>".repeat(30_000)),
        Arguments.of("Link: <>;" + " ".repeat(60_000) + "x"),
        Arguments.of("Link: " + ", ".repeat(30_000) + "x"),
        Arguments.of("Accept: " + ";".repeat(60_000)),
        Arguments.of("Accept: " + ",".repeat(60_000)),
        Arguments.of("If-Match: " + "\"".repeat(60_001)),
        Arguments.of("If-Match: " + colliding));
  }

  @ParameterizedTest
  @MethodSource("costly")
  void noHeaderTakesLongToRead(String header) {
    assertTimeoutPreemptively(
        Duration.ofSeconds(1),
        () -> {
          String put = put(KEY, "v", header + "\r\n");
          assertThat(connect().send(put).reply().status()).isIn(204, 412, 431);
        });
  }

  @Test
  void chunksMayHaveExtensionsAndTrailers() throws Exception {
    RawClient client = connect();
    client.send(HEAD + chunked("3;a=b\r\nabc\r\n0\r\nX-Checksum: 1\r\n\r\n"));
    assertThat(client.reply().status()).isEqualTo(204);
    assertThat(client.send(get(KEY)).reply().body()).isEqualTo("abc");
  }

  @Test
  void aHeaderThatIsFoldedWhereAPieceEndsIsRefusedToo() throws Exception {
    for (String request : new String[] {"GET / HTTP/1.1\r\nHost: h\r\n", HEAD + chunked("0\r\n")}) {
      RawClient client = connect();
      double held = gauge("cartwheel.http.held.bytes");
      client.send(request + "X: a\r\n");
      Awaitility.await().until(() -> gauge("cartwheel.http.held.bytes") > held);
      assertThat(client.send(" b\r\n\r\n").reply().body()).contains("go on in another line");
      assertThat(client.isClosedByServer()).isTrue();
      assertThat(connect().send(request + "X: a\r\n b\r\n\r\n").reply().body())
          .as("in one piece")
          .contains("go on in another line");
    }
  }

  @Test
  void namesMayHoldAnyBytes() throws Exception {
    RawClient client = connect();
    String odd = "/buckets/%00%ff/keys/%0d%0a%2f%00";
    assertThat(client.send(put(odd, "v", "")).reply().status()).isEqualTo(204);
    assertThat(client.send(get(odd)).reply().body()).isEqualTo("v");
  }

  @Test
  void aContextOfAnotherKeyIsRefused() throws Exception {
    RawClient client = connect();
    String context = client.send(put(KEY, "v", "")).reply().header("X-Riak-Vclock");
    String foreign = put(KEY + "2", "v", "X-Riak-Vclock: " + context + "\r\n");
    assertThat(client.send(foreign).reply().body()).contains("another key");
  }

  @Test
  void aTlsHelloAndPeersFramesAreGivenUp() throws Exception {
    restart(java.util.Map.of("timeouts.header", "50ms"));
    for (String hello : new String[] {"\u0016\u0003\u0001\u0002\u0000\u0001", "\u0000\u00002B"}) {
      RawClient client = connect();
      client.send(hello);
      assertThat(client.reply().status()).isIn(400, 408);
      assertThat(client.isClosedByServer()).isTrue();
    }
  }

  @Test
  void noiseHarmsNobody() throws Exception {
    var random = new Random(17);
    for (int i = 0; i < 100; i++) {
      var noise = new StringBuilder(random.nextBoolean() ? "GET / HTTP/1.1\r\n" : "");
      for (int left = random.nextInt(3_000); left > 0; left--) {
        noise.append((char) random.nextInt(256));
      }
      try (RawClient client = connect()) {
        client.sendAsFarAsItGoes(noise.append("\r\n\r\n").toString());
      }
    }
  }
}
