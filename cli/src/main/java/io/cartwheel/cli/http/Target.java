package io.cartwheel.cli.http;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The path and query of a request, every part of it percent-encoded. Immutable. */
public final class Target {
  private static final String UNRESERVED = "-._~";

  private final String path;
  private final String query;

  private Target(String path, String query) {
    this.path = path;
    this.query = query;
  }

  /** A path of these segments, each of them taken literally: a slash in one is no separator. */
  public static Target of(String... segments) {
    var path = new StringBuilder();
    for (String segment : segments) {
      path.append('/').append(encode(segment));
    }
    return new Target(path.toString(), "");
  }

  /** The same with one more query parameter. */
  public Target with(String name, Object value) {
    String parameter = encode(name) + "=" + encode(value.toString());
    return new Target(path, query + (query.isEmpty() ? "?" : "&") + parameter);
  }

  /** The same with one more query parameter, if it was given. */
  public Target withGiven(String name, Optional<?> value) {
    return value.isPresent() ? with(name, value.get()) : this;
  }

  private static String encode(String text) {
    var encoded = new StringBuilder(text.length() + 16);
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      if (isUnreserved(b)) {
        encoded.append((char) b);
      } else {
        encoded.append('%').append(hex(b >> 4)).append(hex(b));
      }
    }
    return encoded.toString();
  }

  private static boolean isUnreserved(byte b) {
    return b >= 'a' && b <= 'z'
        || b >= 'A' && b <= 'Z'
        || b >= '0' && b <= '9'
        || UNRESERVED.indexOf(b) >= 0;
  }

  private static char hex(int digit) {
    return "0123456789ABCDEF".charAt(digit & 0xf);
  }

  /** As it stands in the request line. */
  @Override
  public String toString() {
    return path + query;
  }
}
