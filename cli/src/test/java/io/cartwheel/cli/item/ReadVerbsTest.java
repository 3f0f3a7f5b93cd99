package io.cartwheel.cli.item;

import static io.cartwheel.cli.ScriptedNode.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.cartwheel.cli.Ran;
import io.cartwheel.cli.ScriptedNode;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadVerbsTest {

  @Test
  void getPrintsTheBytesAndNothingElse() {
    try (var node = new ScriptedNode(Answers.one())) {
      Ran ran = Ran.at(node, "get", "carts", "a/b c", "-r", "all", "--pr=1", "--timeout", "2s");
      assertThat(ran).isEqualTo(new Ran(0, "one", ""));
      assertThat(node.asked().getFirst().requestLine())
          .isEqualTo("GET /buckets/carts/keys/a%2Fb%20c?r=all&pr=1&timeout=2000 HTTP/1.1");
    }
  }

  @Test
  void aTypeIsPartOfThePath() {
    try (var node = new ScriptedNode(Answers.one())) {
      Ran.at(node, "get", "carts", "alice", "--type", "t");
      assertThat(node.asked().getFirst().requestLine())
          .isEqualTo("GET /types/t/buckets/carts/keys/alice HTTP/1.1");
    }
  }

  @Test
  void theNodeOptionBeatsTheVariable() {
    try (var node = new ScriptedNode(Answers.one());
        var other = new ScriptedNode()) {
      Ran ran = Ran.at(other, "get", "carts", "alice", "--node", node.address().toString());
      assertThat(ran.out()).isEqualTo("one");
    }
  }

  @Test
  void getWritesAFileAndTellsWhat(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("value");
    try (var node = new ScriptedNode(Answers.one())) {
      Ran ran = Ran.at(node, "get", "carts", "alice", "--file", file.toString());
      assertThat(ran.status()).isZero();
      assertThat(ran.out().lines())
          .containsExactly("3 bytes, text/plain, to " + file, "context  Y3R4");
    }
    assertThat(file).hasContent("one");
  }

  @Test
  void aFileThatCannotBeWrittenIsAFailure(@TempDir Path folder) {
    try (var node = new ScriptedNode(Answers.one())) {
      Ran ran = Ran.at(node, "get", "carts", "alice", "--file", folder.resolve("no/x").toString());
      assertThat(ran.status()).isEqualTo(1);
      assertThat(ran.err()).startsWith("cartwheel get: ").contains("can't be written");
    }
  }

  @Test
  void getAsJsonCarriesEverything() {
    try (var node = new ScriptedNode(Answers.one())) {
      Ran ran = Ran.at(node, "get", "carts", "alice", "-o", "json");
      assertThat(ran.status()).isZero();
      assertThat(ran.out())
          .isEqualTo(
              "{\"type\":\"default\",\"bucket\":\"carts\",\"key\":\"alice\",\"context\":\"Y3R4\","
                  + "\"siblings\":[{\"vtag\":\"aa1\",\"content_type\":\"text/plain\","
                  + "\"last_modified\":\"2026-01-01T00:00:00Z\",\"metadata\":{\"colour\":\"gr\u00fcn\"},"
                  + "\"bytes\":3,\"value\":\"b25l\"}],\"deletes\":0}\n");
    }
  }

  @Test
  void getOfSiblingsListsThemAsideAndSaysHowToSettle() {
    try (var node = new ScriptedNode(Answers.two())) {
      Ran ran = Ran.at(node, "get", "carts", "alice");
      assertThat(ran.status()).isEqualTo(1);
      assertThat(ran.out()).isEmpty();
      assertThat(ran.errors().getFirst()).startsWith("VTAG");
      assertThat(ran.errors().getLast())
          .isEqualTo(
              "cartwheel get: 2 siblings at carts/alice: read one with --vtag VTAG, or settle on one"
                  + " with 'cartwheel resolve carts alice --vtag VTAG'");
      assertThat(node.asked().getFirst().head()).contains("Accept: application/json");
    }
  }

  @Test
  void oneSiblingIsReadByItsTag() {
    try (var node = new ScriptedNode(Answers.one())) {
      assertThat(Ran.at(node, "get", "carts", "alice", "--vtag", "aa1").out()).isEqualTo("one");
      assertThat(node.asked().getFirst().requestLine()).contains("?vtag=aa1 ");
    }
  }

  @Test
  void siblingsAreListedWithTheContextForAll() {
    try (var node = new ScriptedNode(Answers.two())) {
      Ran ran = Ran.at(node, "siblings", "carts", "alice");
      assertThat(ran.status()).isZero();
      assertThat(ran.out().lines())
          .containsExactly(
              "VTAG  WRITTEN                   TYPE        BYTES  VALUE",
              "aa1   2026-01-01T00:00:00.123Z  text/plain  3      one",
              "bb2   2026-01-01T00:00:01Z      image/png   2      (binary)",
              "deletes  1",
              "context  Y3R4");
    }
  }

  @Test
  void getTellsHowLongTheValueLastsWhereThereIsRoom(@TempDir Path folder) {
    Path file = folder.resolve("value");
    try (var node =
        new ScriptedNode(Answers.passing(), Answers.passing(), Answers.passing(), Answers.one())) {
      assertThat(Ran.at(node, "get", "carts", "alice").out()).isEqualTo("one");
      assertThat(Ran.at(node, "get", "carts", "alice", "--file", file.toString()).out())
          .contains("expires in  1d1h\n");
      assertThat(Ran.at(node, "get", "carts", "alice", "-o", "json").out())
          .contains("\"ttl\":90060,");
      assertThat(Ran.at(node, "get", "carts", "alice", "-o", "json").out()).doesNotContain("ttl");
    }
  }

  @Test
  void siblingsTellHowLongTheyLastIfAnyExpires() {
    try (var node =
        new ScriptedNode(Answers.twoOneOfThemPassing(), Answers.twoOneOfThemPassing())) {
      assertThat(Ran.at(node, "siblings", "carts", "alice").out().lines())
          .containsExactly(
              "VTAG  WRITTEN                   EXPIRES IN  TYPE        BYTES  VALUE",
              "aa1   2026-01-01T00:00:00.123Z  1m30s       text/plain  3      one",
              "bb2   2026-01-01T00:00:01Z      -           image/png   2      (binary)",
              "deletes  1",
              "context  Y3R4");
      assertThat(Ran.at(node, "siblings", "carts", "alice", "-o", "json").out())
          .containsOnlyOnce("\"ttl\":90,");
    }
  }

  @Test
  void siblingsAsJsonAreWholeValues() {
    try (var node = new ScriptedNode(Answers.two())) {
      assertThat(Ran.at(node, "siblings", "carts", "alice", "-o", "json").out())
          .contains("\"context\":\"Y3R4\"", "\"value\":\"b25l\"", "\"value\":\"/wA=\"");
    }
  }

  @Test
  void whatIsNotThereIsThree() {
    try (var node = new ScriptedNode(Answers.nothing(), Answers.tombstone(), Answers.tombstone())) {
      assertThat(Ran.at(node, "get", "carts", "alice"))
          .isEqualTo(new Ran(3, "", "cartwheel get: nothing at carts/alice\n"));
      assertThat(Ran.at(node, "siblings", "carts", "alice").err())
          .contains("nothing at carts/alice (it was deleted)");
      Ran json = Ran.at(node, "get", "carts", "alice", "-o", "json");
      assertThat(json.status()).isEqualTo(3);
      assertThat(json.out()).contains("\"context\":\"dG9tYg==\",\"deleted\":true,\"siblings\":[]");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "404 Not Found, not_found, unknown bucket type, 3",
    "503 Service Unavailable, unavailable, 'unavailable: 2 replicas needed, got 1', 4",
    "503 Service Unavailable, timeout, 'timeout: 2 replicas needed, got 1', 5",
    "400 Bad Request, bad_request, r is larger than n, 1",
    "409 Conflict, too_many_siblings, too many siblings, 1",
    "413 Content Too Large, too_large, too large, 1",
    "501 Not Implemented, not_implemented, not implemented, 1"
  })
  void aRefusalIsToldInTheNodesWords(String status, String error, String words, int exit) {
    try (var node = new ScriptedNode(Answers.problem(status, error, words))) {
      assertThat(Ran.at(node, "get", "carts", "alice"))
          .isEqualTo(new Ran(exit, "", "cartwheel get: " + words + "\n"));
    }
  }

  @Test
  void aRefusalAsTextIsToldToo() {
    try (var node = new ScriptedNode(answer("502 Bad Gateway", "the\nproxy\u001b[31m says no\n"))) {
      assertThat(Ran.at(node, "get", "carts", "alice"))
          .isEqualTo(new Ran(1, "", "cartwheel get: the proxy\u00b7[31m says no\n"));
    }
  }

  @Test
  void aRefusalWithoutWordsNamesItsStatus() {
    try (var node = new ScriptedNode(answer("500 Oops", ""))) {
      assertThat(Ran.at(node, "get", "carts", "alice").err())
          .isEqualTo("cartwheel get: the node answered with HTTP status 500\n");
    }
  }

  @ParameterizedTest
  @CsvSource({"'not json'", "'[1]'", "'{\"siblings\":[{\"vtag\":\"a\",\"value\":\"*\"}]}'"})
  void anAnswerThatMakesNoSenseIsAFailureNotATrace(String body) {
    try (var node = new ScriptedNode(answer("300 Multiple Choices", body))) {
      Ran ran = Ran.at(node, "siblings", "carts", "alice");
      assertThat(ran.status()).isEqualTo(1);
      assertThat(ran.errors())
          .singleElement()
          .asString()
          .startsWith("cartwheel siblings: the node");
    }
  }
}
