package io.cartwheel.cli.item;

import static io.cartwheel.cli.ScriptedNode.answer;

import io.cartwheel.cli.ScriptedNode.Answer;
import java.util.Arrays;

/** What a node answers to a read. */
final class Answers {
  static final String SIBLINGS =
      """
      {"context":"Y3R4","siblings":[
        {"vtag":"aa1","dot":"1.2.3","content_type":"text/plain","content_encoding":"","links":"",
         "metadata":{"colour":"rot, gr\u00c3\u00bcn"},
         "last_modified":"2026-01-01T00:00:00.123Z","value":"b25l"},
        {"vtag":"bb2","dot":"1.2.4","content_type":"image/png","content_encoding":"gzip",
         "links":"</a>; rel=\\"b\\"","metadata":{},
         "last_modified":"2026-01-01T00:00:01Z","value":"/wA="}],
       "tombstones":1}
      """;

  private Answers() {}

  static Answer one() {
    return answer(
        "200 OK",
        "one",
        "Content-Type: text/plain",
        "ETag: \"aa1\"",
        "Last-Modified: Thu, 01 Jan 2026 00:00:00 GMT",
        "X-Riak-Meta-colour: gr\u00fcn",
        "X-Riak-Vclock: Y3R4");
  }

  /** One that lasts for a day, an hour and a minute. */
  static Answer passing() {
    return answer(
        "200 OK", "one", "Content-Type: text/plain", "X-Cartwheel-TTL: 90060", "ETag: \"aa1\"");
  }

  /** The first of two lasts for a minute and a half. */
  static Answer twoOneOfThemPassing() {
    return answer(
        "300 Multiple Choices",
        SIBLINGS.replaceFirst("\"value\"", "\"ttl\":90,\"value\""),
        "X-Riak-Vclock: Y3R4");
  }

  static Answer two() {
    return answer("300 Multiple Choices", SIBLINGS, "X-Riak-Vclock: Y3R4");
  }

  static Answer problem(String status, String error, String message, String... fields) {
    String[] all = Arrays.copyOf(fields, fields.length + 1);
    all[fields.length] = "Content-Type: application/json";
    return answer(status, "{\"error\":\"%s\",\"message\":\"%s\"}".formatted(error, message), all);
  }

  static Answer nothing() {
    return problem("404 Not Found", "not_found", "not found");
  }

  static Answer tombstone() {
    return problem(
        "404 Not Found",
        "not_found",
        "not found",
        "X-Riak-Deleted: true",
        "X-Riak-Vclock: dG9tYg==");
  }

  static Answer stored() {
    return answer("204 No Content", "", "X-Riak-Vclock: bmV3", "X-Cartwheel-Session: bmV3");
  }

  static Answer storedBesideOthers() {
    return answer("204 No Content", "", "X-Cartwheel-Session: Zmxvb3I=");
  }
}
