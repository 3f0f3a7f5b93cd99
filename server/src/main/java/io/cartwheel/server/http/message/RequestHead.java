package io.cartwheel.server.http.message;

import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import java.util.Optional;

/**
 * A request without its body.
 *
 * @param method such as {@code GET}
 * @param id the client's name for the request, or one that was made for it; 1 to 64 bytes of
 *     visible ASCII
 */
public record RequestHead(String method, Target target, HttpHeaders headers, String id) {

  /** The header's text; empty when there is none. */
  public Optional<String> header(CharSequence name) {
    return Optional.ofNullable(headers.get(name));
  }

  /** A header that must not come twice. */
  public Optional<String> single(CharSequence name) throws RefusedException {
    List<String> all = headers.getAll(name);
    if (all.size() > 1) {
      throw RefusedException.badRequest(name + " must come only once");
    }
    return all.isEmpty() ? Optional.empty() : Optional.of(all.getFirst());
  }

  /** All texts of a header that may come several times, as one list; empty when there is none. */
  public Optional<String> joined(CharSequence name) {
    List<String> all = headers.getAll(name);
    return switch (all.size()) {
      case 0 -> Optional.empty();
      case 1 -> Optional.of(all.getFirst());
      default -> Optional.of(String.join(", ", all));
    };
  }

  /** Whether it asks what GET would answer, without the body. */
  public boolean isHead() {
    return method.equals("HEAD");
  }

  public boolean reads() {
    return method.equals("GET") || isHead();
  }
}
