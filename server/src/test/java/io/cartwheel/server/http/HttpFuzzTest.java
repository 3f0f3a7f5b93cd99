package io.cartwheel.server.http;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The target on some thousand damaged inputs, the same in every build. */
final class HttpFuzzTest {
  private static final String HTTP = " HTTP/1.1";

  /** Behind a first byte that says in pieces of what size they arrive. */
  private static final List<String> REQUESTS =
      List.of(
          request(
              "",
              "GET /buckets/b/keys/k?r=2&timeout=500&vtag=x HTTP/1.1",
              "Host: h",
              "Accept: multipart/mixed;q=0.5, application/json",
              "If-None-Match: \"a\", W/\"b\""),
          request(
              "value",
              "PUT /types/default/buckets/%00b/keys/%ffk?w=1&returnbody=true HTTP/1.1",
              "Host: h",
              "Content-Type: a/b",
              "Link: </buckets/b>; rel=\"up\"",
              "X-Riak-Meta-A: b",
              "X-Riak-Vclock: AQAAAAAAAAAAAMEAAAA=",
              "Content-Length: 5"),
          request(
              "5;x=y\r\nvalue\r\n0\r\nX: y\r\n\r\n",
              "POST /buckets/b/keys HTTP/1.1",
              "Host: h",
              "Content-Type: a/b",
              "Transfer-Encoding: chunked",
              "Expect: 100-continue"),
          request(
              "",
              "DELETE /buckets/b/keys/kk?rw=all HTTP/1.0",
              "X-Cartwheel-Request-Id: id",
              "X-Cartwheel-TTL: 60",
              "If-Unmodified-Since: Sat, 21 Nov 2026 08:00:00 GMT"),
          request("", "HEAD http://h/ping HTTP/1.1", "Host: h", "Connection: close"));

  private static String request(String body, String... head) {
    return String.join("\r\n", head) + "\r\n\r\n" + body;
  }

  private final Random random = new Random(31);

  @Test
  void requestsOfStrangersAreAnsweredOrLeft() {
    for (int i = 0; i < 5_000; i++) {
      var input = new StringBuilder().append((char) random.nextInt(256));
      for (int left = random.nextInt(4); left >= 0; left--) {
        input.append(REQUESTS.get(random.nextInt(REQUESTS.size())));
      }
      HttpFuzz.fuzzerTestOneInput(damaged(input).toString().getBytes(StandardCharsets.ISO_8859_1));
    }
  }

  /** Much in few bytes. */
  static Stream<Arguments> costly() {
    String key = "/buckets/b/keys/k";
    return Stream.of(
        Arguments.of("parameters", request("", "GET " + key + "?" + "a&".repeat(2_000) + HTTP)),
        Arguments.of("one parameter", request("", "GET /?x=" + "\u00ff".repeat(8_000) + HTTP)),
        Arguments.of("segments", request("", "GET " + "/a".repeat(3_900) + HTTP)),
        Arguments.of(
            "a name", request("", "GET /buckets/" + "\u00ff".repeat(255) + "/keys" + HTTP)),
        Arguments.of("media types", get(key, "Accept: " + "a,".repeat(4_000))),
        Arguments.of("their parameters", get(key, "Accept: " + "a;q=1;b;".repeat(1_000))),
        Arguments.of("tags", get(key, "If-Match: " + "a,".repeat(4_000))),
        Arguments.of(
            "lines of a header", get("/ping", "X: y\r\n" + " x\r\n".repeat(3_000) + "Y: y")),
        Arguments.of("lines of a trailer", chunked("0\r\nX: y\r\n" + " x\r\n".repeat(3_000))),
        Arguments.of("headers", get("/ping", "X:\r\n".repeat(98) + "X:")),
        Arguments.of("metadata", put(lines(90, "X-Riak-Meta-A%d: b"))),
        Arguments.of("metadata of one name", put(lines(90, "X-Riak-Meta-A: b"))),
        Arguments.of(
            "large metadata of one name", put(lines(90, "X-Riak-Meta-A: " + "b".repeat(99)))),
        Arguments.of("a name of metadata", put("X-Riak-Meta-" + "A".repeat(1_000) + ": b")),
        Arguments.of("links", put("Link: " + "<>;rel=up,".repeat(1_000))),
        Arguments.of("a context", put("X-Riak-Vclock: " + "A".repeat(16_000))),
        Arguments.of("chunks", chunked("1\r\nx\r\n".repeat(2_000) + "0\r\n\r\n")),
        Arguments.of("trailers", chunked("0\r\n" + "X:\r\n".repeat(90) + "\r\n")),
        Arguments.of("a length", put("X: y").replace("Content-Length: 1", "Content-Length: 4096")),
        Arguments.of("requests", "GET /ping HTTP/1.1\r\nHost:\r\n\r\n".repeat(400)));
  }

  private static String get(String target, String header) {
    return request("", "GET " + target + HTTP, "Host: h", header);
  }

  private static String put(String header) {
    return request(
        "v",
        "PUT /buckets/b/keys/k" + HTTP,
        "Host: h",
        "Content-Type: a/b",
        header,
        "Content-Length: 1");
  }

  private static String chunked(String body) {
    return put("X: y")
            .replace("Content-Length: 1", "Transfer-Encoding: chunked")
            .replaceFirst("v$", "")
        + body;
  }

  private static String lines(int count, String form) {
    return IntStream.range(0, count).mapToObj(form::formatted).collect(Collectors.joining("\r\n"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("costly")
  void manyOfAKindTakeNoMoreThanTheirShare(String what, String requests) {
    for (char pieces : new char[] {0, 1, 255}) {
      HttpFuzz.fuzzerTestOneInput((pieces + requests).getBytes(StandardCharsets.ISO_8859_1));
    }
  }

  private StringBuilder damaged(StringBuilder input) {
    for (int left = random.nextInt(4); left > 0; left--) {
      int at = random.nextInt(input.length());
      switch (random.nextInt(3)) {
        case 0 -> input.setCharAt(at, (char) random.nextInt(256));
        case 1 -> input.insert(at, "\r\n".repeat(random.nextInt(3)));
        default -> input.delete(at, Math.min(input.length(), at + random.nextInt(1, 20)));
      }
    }
    return input.isEmpty() ? input.append('x') : input;
  }
}
