package io.cartwheel.server.http.message;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Why a request was not answered as asked.
 *
 * @param status HTTP's number for it
 * @param code one word for programs, such as {@code timeout}
 * @param message one sentence for people; it names neither keys nor values
 * @param facts what else programs may want to know
 * @param headers further headers of the answer
 */
public record Problem(
    int status,
    String code,
    String message,
    SortedMap<String, Object> facts,
    SortedMap<String, String> headers) {

  public Problem {
    facts = Collections.unmodifiableSortedMap(new TreeMap<>(facts));
    headers = Collections.unmodifiableSortedMap(new TreeMap<>(headers));
  }

  public static Problem of(int status, String code, String message) {
    return new Problem(status, code, message, new TreeMap<>(), new TreeMap<>());
  }

  /** The request itself is wrong. */
  public static Problem badRequest(String message) {
    return of(400, "bad_request", message);
  }

  public static Problem notFound(String message) {
    return of(404, "not_found", message);
  }

  /** Part of the interface that is not there yet: said clearly, so that nobody counts on it. */
  public static Problem notBuilt(String what) {
    return of(501, "not_implemented", "not implemented: " + what);
  }

  /** The node is no member yet. */
  public static Problem starting() {
    return of(503, "starting", "unavailable: the node is starting").withHeader("Retry-After", "1");
  }

  /** The path is there, the method is not. */
  public static Problem wrongMethod(String allowed) {
    return of(405, "method_not_allowed", "method not allowed: use " + allowed)
        .withHeader("Allow", allowed);
  }

  public Problem withFact(String name, Object value) {
    var more = new TreeMap<>(facts);
    more.put(name, value);
    return new Problem(status, code, message, more, headers);
  }

  public Problem withHeader(String name, String value) {
    var more = new TreeMap<>(headers);
    more.put(name, value);
    return new Problem(status, code, message, facts, more);
  }

  /** The facts with code and message, as they are told in JSON. */
  Map<String, Object> toJson() {
    var all = new TreeMap<>(facts);
    all.put("error", code);
    all.put("message", message);
    return all;
  }
}
