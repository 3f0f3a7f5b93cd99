package io.cartwheel.server.http.message;

import io.cartwheel.core.item.Bytes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a request is about: its path, split first and decoded then, and its query.
 *
 * @param path decoded segments, none of them empty; no segment at all for {@code /}
 * @param query decoded parameters; of a name that comes twice, the first
 */
public record Target(List<Bytes> path, SortedMap<String, String> query) {
  private static final String NOT_A_PATH = "the request target must be a path that begins with /";

  public Target {
    path = List.copyOf(path);
    query = Collections.unmodifiableSortedMap(new TreeMap<>(query));
  }

  /** Reads a request target in origin or absolute form; {@code +} means itself. */
  public static Target parse(String text) throws RefusedException {
    String relative = withoutAuthority(text);
    int mark = relative.indexOf('?');
    String path = mark < 0 ? relative : relative.substring(0, mark);
    return new Target(
        segments(path), mark < 0 ? new TreeMap<>() : parameters(relative.substring(mark + 1)));
  }

  public Optional<String> parameter(String name) {
    return Optional.ofNullable(query.get(name));
  }

  private static String withoutAuthority(String text) throws RefusedException {
    if (text.startsWith("/")) {
      return text;
    }
    int scheme = text.indexOf("://");
    if (scheme < 0) {
      throw RefusedException.badRequest(NOT_A_PATH);
    }
    int path = text.indexOf('/', scheme + 3);
    return path < 0 ? "/" : text.substring(path);
  }

  private static List<Bytes> segments(String path) throws RefusedException {
    if (path.equals("/")) {
      return List.of();
    }
    var segments = new ArrayList<Bytes>(6);
    int from = 1;
    while (from <= path.length()) {
      int slash = path.indexOf('/', from);
      int end = slash < 0 ? path.length() : slash;
      if (end == from) {
        throw RefusedException.badRequest("the path has an empty segment");
      }
      segments.add(PercentDecoder.decode(path, from, end));
      from = end + 1;
    }
    if (path.endsWith("/")) {
      throw RefusedException.badRequest("the path has an empty segment");
    }
    return segments;
  }

  private static SortedMap<String, String> parameters(String query) throws RefusedException {
    var parameters = new TreeMap<String, String>();
    for (String pair : query.split("&")) {
      int equals = pair.indexOf('=');
      int nameEnd = equals < 0 ? pair.length() : equals;
      String name = PercentDecoder.decode(pair, 0, nameEnd).toUtf8();
      int valueFrom = equals < 0 ? pair.length() : equals + 1;
      if (!name.isEmpty()) {
        parameters.putIfAbsent(
            name, PercentDecoder.decode(pair, valueFrom, pair.length()).toUtf8());
      }
    }
    return parameters;
  }
}
