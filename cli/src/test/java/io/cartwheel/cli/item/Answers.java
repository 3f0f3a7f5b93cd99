package io.cartwheel.cli.item;

import static io.cartwheel.cli.ScriptedNode.answer;

import io.cartwheel.cli.ScriptedNode.Answer;

/** What a node answers to a read. */
final class Answers {
  static final String SIBLINGS =
      """
      {"context":"Y3R4","siblings":[
        {"vtag":"aa1","content_type":"text/plain","metadata":{"colour":"red"},
         "last_modified":1767225600123,"value":"b25l"},
        {"vtag":"bb2","content_type":"image/png","metadata":{},
         "last_modified":1767225601000,"value":"/wA="},
        {"vtag":"cc3","deleted":true,"last_modified":1767225602000,"value":""}]}
      """;

  private Answers() {}

  static Answer one() {
    return answer(
        "200 OK",
        "one",
        "Content-Type: text/plain",
        "ETag: \"aa1\"",
        "Last-Modified: Thu, 01 Jan 2026 00:00:00 GMT",
        "X-Riak-Meta-colour: red",
        "X-Riak-Vclock: Y3R4");
  }

  static Answer three() {
    return answer("300 Multiple Choices", SIBLINGS, "X-Riak-Vclock: Y3R4");
  }

  static Answer nothing() {
    return answer("404 Not Found", "not found\n");
  }

  static Answer tombstone() {
    return answer(
        "404 Not Found", "not found\n", "X-Riak-Deleted: true", "X-Riak-Vclock: dG9tYg==");
  }

  static Answer stored() {
    return answer("204 No Content", "", "X-Riak-Vclock: bmV3", "X-Cartwheel-Session: bmV3");
  }

  static Answer storedBesideOthers() {
    return answer("204 No Content", "", "X-Cartwheel-Session: Zmxvb3I=");
  }
}
