package io.cartwheel.server.http.message;

import io.cartwheel.core.item.Bytes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a request is about: its path, split first and decoded then, and its query.
 *
 * @param path decoded segments, none of them empty; no segment at all for {@code /}; of a path that
 *     is longer than any that is served, as many as show that
 * @param query decoded parameters; of a name that comes twice, the first
 */
public record Target(List<Bytes> path, SortedMap<String, Bytes> query) {
  /** As a range of a secondary index has, {@code /types/T/buckets/B/index/I/FROM/TO}. */
  private static final int MAX_SEGMENTS = 8;

  /** More than any request knows what to do with. */
  private static final int MAX_PARAMETERS = 16;

  /** The authority ends where RFC 3986 §3.2 has it end; a fragment is never sent. */
  private static final Pattern ORIGIN = Pattern.compile("(?i:https?)://[^/?#]++(?!#)");

  private static final String NOT_A_PATH = "the request target must be a path that begins with /";

  public Target {
    path = List.copyOf(path);
    query = Collections.unmodifiableSortedMap(new TreeMap<>(query));
  }

  /**
   * Reads a request target in origin or absolute form; {@code +} means itself.
   *
   * <p>Decodes no more of it than a path has segments and a request has parameters: a short text of
   * nothing but separators would otherwise cost many times its own room.
   */
  public static Target parse(String text) throws RefusedException {
    int begin = beginOfPath(text);
    int mark = text.indexOf('?', begin);
    int end = mark < 0 ? text.length() : mark;
    return new Target(
        segments(text, begin, end), mark < 0 ? new TreeMap<>() : parameters(text, mark + 1));
  }

  /** The parameter as text. */
  public Optional<String> parameter(String name) {
    return bytes(name).map(Bytes::toUtf8);
  }

  /** The parameter as it came: names of items are any bytes. */
  public Optional<Bytes> bytes(String name) {
    return Optional.ofNullable(query.get(name));
  }

  /** Where the path begins; the text's end if there is a host and nothing else. */
  private static int beginOfPath(String text) throws RefusedException {
    if (text.startsWith("/")) {
      return 0;
    }
    Matcher origin = ORIGIN.matcher(text);
    if (!origin.lookingAt()) {
      throw RefusedException.badRequest(NOT_A_PATH);
    }
    return origin.end();
  }

  private static List<Bytes> segments(String text, int begin, int end) throws RefusedException {
    var segments = new ArrayList<Bytes>(6);
    if (end - begin <= 1) {
      return segments;
    }
    for (int from = begin + 1; from <= end; ) {
      int to = before('/', text, from, end);
      if (to == from) {
        throw RefusedException.badRequest("the path has an empty segment");
      }
      segments.add(PercentDecoder.decode(text, from, to));
      if (segments.size() > MAX_SEGMENTS) {
        // Whatever follows, it is too long; whether it may once be something, its beginning says.
        return segments;
      }
      from = to + 1;
    }
    return segments;
  }

  private static SortedMap<String, Bytes> parameters(String text, int begin)
      throws RefusedException {
    var parameters = new TreeMap<String, Bytes>();
    int count = 0;
    for (int from = begin; from <= text.length(); ) {
      int to = before('&', text, from, text.length());
      if (to > from && ++count > MAX_PARAMETERS) {
        throw RefusedException.badRequest("a query has at most " + MAX_PARAMETERS + " parameters");
      }
      int nameEnd = before('=', text, from, to);
      String name = PercentDecoder.decode(text, from, nameEnd).toUtf8();
      if (!name.isEmpty()) {
        parameters.putIfAbsent(name, PercentDecoder.decode(text, Math.min(nameEnd + 1, to), to));
      }
      from = to + 1;
    }
    return parameters;
  }

  /** Where the next such character is, {@code end} if there is none before it. */
  private static int before(char wanted, String text, int from, int end) {
    int found = text.indexOf(wanted, from, end);
    return found < 0 ? end : found;
  }
}
