package io.cartwheel.cli.http;

import java.util.Optional;

/**
 * Where a node answers HTTP.
 *
 * @param host a name or an address, an IPv6 one without its brackets
 */
public record NodeAddress(String host, int port) {
  public static final NodeAddress DEFAULT = new NodeAddress("127.0.0.1", 8098);

  private static final int MAX_PORT = 65_535;

  /** Reads {@code HOST:PORT} or {@code [IPV6]:PORT}; empty when it is neither. */
  public static Optional<NodeAddress> parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 1 || !text.substring(colon + 1).matches("[0-9]{1,5}")) {
      return Optional.empty();
    }
    int port = Integer.parseInt(text.substring(colon + 1));
    String host = text.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    } else if (host.contains(":")) {
      return Optional.empty();
    }
    boolean valid = port > 0 && port <= MAX_PORT && host.matches("[A-Za-z0-9._:%-]+");
    return valid ? Optional.of(new NodeAddress(host, port)) : Optional.empty();
  }

  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
