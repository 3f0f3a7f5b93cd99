package io.cartwheel.server.config;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The members that a cluster begins with: their names and where they listen for one another.
 *
 * @param members addresses by name; empty when nothing was said
 */
public record InitialCluster(SortedMap<String, HostPort> members) {
  public static final InitialCluster NONE = new InitialCluster(new TreeMap<>());

  public InitialCluster {
    members = Collections.unmodifiableSortedMap(new TreeMap<>(members));
  }

  /** Reads {@code name=host:port,...}; empty when malformed or when anything comes twice. */
  public static Optional<InitialCluster> parse(String text) {
    var members = new TreeMap<String, HostPort>();
    if (text.isBlank()) {
      return Optional.of(NONE);
    }
    for (String entry : text.split(",", -1)) {
      int equals = entry.indexOf('=');
      String name = entry.substring(0, Math.max(0, equals)).strip();
      var address = HostPort.parse(entry.substring(equals + 1).strip());
      if (!isName(name)
          || address.isEmpty()
          || address.get().port() == 0
          || members.containsValue(address.get())
          || members.put(name, address.get()) != null) {
        return Optional.empty();
      }
    }
    return Optional.of(new InitialCluster(members));
  }

  /** Whether members may be called so. */
  static boolean isName(String text) {
    return text.matches("[A-Za-z0-9._-]{1,64}");
  }

  /** The form that {@link #parse} reads, in the order of the names. */
  @Override
  public String toString() {
    return members.entrySet().stream()
        .map((Map.Entry<String, HostPort> entry) -> entry.getKey() + "=" + entry.getValue())
        .collect(Collectors.joining(","));
  }
}
