package io.cartwheel.server.http;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The target on some thousand damaged inputs, the same in every build. */
final class HttpFuzzTest {
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
