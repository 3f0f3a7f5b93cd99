package io.cartwheel.server.http;

import io.cartwheel.server.http.message.RefusedException;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Names of requests: the client's, or one that no other request of any node has. Any thread. */
final class RequestIds {
  static final AsciiString HEADER = AsciiString.cached("X-Cartwheel-Request-Id");

  private static final int MAX_BYTES = 64;

  private final String start = Long.toUnsignedString(new SecureRandom().nextLong(), 36) + "-";
  private final AtomicLong next = new AtomicLong();

  /** The id that the client sent, else a new one. */
  String of(HttpHeaders headers) throws RefusedException {
    List<String> sent = headers.getAll(HEADER);
    if (sent.isEmpty()) {
      return make();
    }
    if (sent.size() > 1 || !isId(sent.getFirst())) {
      throw RefusedException.badRequest(
          HEADER + " must be 1 to " + MAX_BYTES + " visible ASCII characters, once");
    }
    return sent.getFirst();
  }

  String make() {
    return start + Long.toString(next.getAndIncrement(), 36);
  }

  private static boolean isId(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) <= ' ' || text.charAt(i) > '~') {
        return false;
      }
    }
    return !text.isEmpty() && text.length() <= MAX_BYTES;
  }
}
