package io.cartwheel.cli.item;

import static org.assertj.core.api.Assertions.assertThat;

import io.cartwheel.cli.Ran;
import io.cartwheel.cli.ScriptedNode;
import io.cartwheel.cli.ScriptedNode.Asked;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WriteVerbsTest {

  @Test
  void putSendsTheArgumentAsTextAndPrintsTheContext() {
    try (var node = new ScriptedNode(Answers.stored())) {
      Ran ran =
          Ran.at(node, "put", "carts", "alice", "one\u00fc", "-w", "2", "--dw=1", "--pw", "one");
      assertThat(ran.status()).isZero();
      assertThat(ran.out().lines())
          .containsExactly(
              "stored carts/alice: 5 bytes, text/plain; charset=utf-8", "context  bmV3");
      Asked asked = node.asked().getFirst();
      assertThat(asked.requestLine())
          .isEqualTo("PUT /buckets/carts/keys/alice?w=2&dw=1&pw=one HTTP/1.1");
      assertThat(asked.head())
          .contains("Content-Length: 5\r\n", "Content-Type: text/plain; charset=utf-8\r\n")
          .doesNotContain("X-Riak-Vclock");
      assertThat(asked.body()).isEqualTo("one\u00fc");
    }
  }

  @Test
  void putSaysWhoMayStandInAndHowManyNodesItTakes() {
    try (var node = new ScriptedNode(Answers.stored())) {
      Ran ran = Ran.at(node, "put", "b", "k", "v", "--sloppy", "false", "--node-confirms=2");
      assertThat(ran.status()).isZero();
      assertThat(node.asked().getFirst().requestLine())
          .isEqualTo("PUT /buckets/b/keys/k?sloppy_quorum=false&node_confirms=2 HTTP/1.1");
      assertThat(Ran.at(node, "put", "b", "k", "v", "--sloppy=maybe"))
          .satisfies(it -> assertThat(it.status()).isEqualTo(2))
          .satisfies(it -> assertThat(it.err()).contains("'maybe' is neither true nor false"));
      assertThat(Ran.at(node, "put", "b", "k", "v", "--node-confirms=all").err())
          .contains("'all' is not a number of nodes");
    }
  }

  @Test
  void putSendsContextMetadataAndType() {
    try (var node = new ScriptedNode(Answers.stored())) {
      Ran.at(
          node,
          "put",
          "b",
          "k",
          "{}",
          "--context=Y3R4",
          "--meta",
          "a=\u00fc=c",
          "--content-type=x/y");
      assertThat(node.asked().getFirst().head())
          .contains(
              "X-Riak-Vclock: Y3R4\r\n", "X-Riak-Meta-a: \u00fc=c\r\n", "Content-Type: x/y\r\n");
    }
  }

  @Test
  void putReadsAFileAndGuessesItsType(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("cat.PNG"), "meow");
    try (var node = new ScriptedNode(Answers.stored())) {
      Ran ran = Ran.at(node, "put", "photos", "cat", "--file", file.toString());
      assertThat(ran.out()).startsWith("stored photos/cat: 4 bytes, image/png\n");
      assertThat(node.asked().getFirst().body()).isEqualTo("meow");
    }
  }

  @Test
  void putReadsStdinAndGuessesByTheKey() {
    try (var node = new ScriptedNode(Answers.stored(), Answers.stored())) {
      Map<String, String> environment = Map.of("CARTWHEEL_NODE", node.address().toString());
      Ran.run("{\"n\":1}", environment, "put", "docs", "a/b.json", "-");
      Ran.run("", environment, "put", "docs", "a.b/c", "-");
      assertThat(node.asked().getFirst().body()).isEqualTo("{\"n\":1}");
      assertThat(node.asked().getFirst().head()).contains("Content-Type: application/json\r\n");
      assertThat(node.asked().getLast().head())
          .contains("Content-Type: application/octet-stream\r\n", "Content-Length: 0\r\n");
    }
  }

  @Test
  void aMissingFileIsToldWithoutAskingANode(@TempDir Path folder) {
    Path file = folder.resolve("absent");
    Ran ran = Ran.command("put", "b", "k", "--file", file.toString());
    assertThat(ran).isEqualTo(new Ran(1, "", "cartwheel put: there is no file " + file + "\n"));
  }

  @Test
  void aWriteBesideOthersSaysSo() {
    try (var node = new ScriptedNode(Answers.storedBesideOthers(), Answers.storedBesideOthers())) {
      assertThat(Ran.at(node, "put", "carts", "alice", "two", "--type=t").out())
          .contains("other versions stand beside it: 'cartwheel siblings carts alice --type t'");
      assertThat(Ran.at(node, "put", "carts", "alice", "two", "-o", "json").out())
          .isEqualTo(
              "{\"type\":\"default\",\"bucket\":\"carts\",\"key\":\"alice\",\"context\":null,"
                  + "\"session\":\"Zmxvb3I=\",\"bytes\":3,"
                  + "\"content_type\":\"text/plain; charset=utf-8\"}\n");
    }
  }

  @Test
  void deleteTellsWhatItDid() {
    try (var node = new ScriptedNode(Answers.stored(), Answers.nothing())) {
      Ran ran = Ran.at(node, "delete", "carts", "alice", "--context", "Y3R4", "-r=2", "-w=3");
      assertThat(ran.out()).startsWith("deleted carts/alice\ncontext  bmV3");
      assertThat(node.asked().getFirst().head())
          .startsWith("DELETE /buckets/carts/keys/alice?r=2&w=3 HTTP/1.1\r\n")
          .contains("X-Riak-Vclock: Y3R4\r\n");
      assertThat(Ran.at(node, "delete", "carts", "alice"))
          .isEqualTo(new Ran(3, "", "cartwheel delete: nothing at carts/alice\n"));
    }
  }

  @Test
  void resolveKeepsOneSiblingAsItIsOverAllThatWereRead() {
    try (var node = new ScriptedNode(Answers.two(), Answers.stored())) {
      Ran ran = Ran.at(node, "resolve", "carts", "alice", "--vtag", "aa1");
      assertThat(ran.status()).isZero();
      assertThat(ran.out()).startsWith("stored carts/alice: 3 bytes, text/plain\n");
      Asked put = node.asked().getLast();
      assertThat(put.requestLine()).startsWith("PUT ");
      assertThat(put.head())
          .contains(
              "X-Riak-Vclock: Y3R4\r\n",
              "Content-Type: text/plain\r\n",
              "X-Riak-Meta-colour: rot, gr\u00fcn\r\n");
      assertThat(put.body()).isEqualTo("one");
    }
  }

  @ParameterizedTest
  @CsvSource({"90s, 90", "15m, 900", "12h, 43200", "30d, 2592000", "36500d, 3153600000"})
  void putSaysHowLongTheValueLasts(String time, String seconds) {
    try (var node = new ScriptedNode(Answers.stored())) {
      assertThat(Ran.at(node, "put", "b", "k", "v", "--ttl", time).status()).isZero();
      assertThat(node.asked().getFirst().head()).contains("X-Cartwheel-TTL: " + seconds + "\r\n");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0s", "60", "1500ms", "-1s", "1.5h", "36501d", "9999999999d", "for ever"})
  void aTimeToLiveThatIsNoneIsRefused(String wrong) {
    Ran ran = Ran.command("put", "b", "k", "v", "--ttl", wrong);
    assertThat(ran.status()).isEqualTo(2);
    assertThat(ran.err())
        .contains("'" + wrong + "' is not a time from 1s to 36500d, such as 90s, 15m, 12h or 30d");
  }

  @Test
  void aSiblingThatIsKeptLastsNoLongerThanBefore() {
    try (var node = new ScriptedNode(Answers.twoOneOfThemPassing(), Answers.stored())) {
      Ran.at(node, "resolve", "carts", "alice", "--vtag", "aa1");
      assertThat(node.asked().getLast().head()).contains("X-Cartwheel-TTL: 90\r\n");
    }
    assertThat(Ran.command("resolve", "carts", "alice", "--vtag", "aa1", "--ttl", "5s").err())
        .contains("--ttl describe a new value");
  }

  @Test
  void resolveTakesANewValue() {
    try (var node = new ScriptedNode(Answers.two(), Answers.stored())) {
      Ran.at(node, "resolve", "carts", "alice", "merged", "--context=b2xk");
      assertThat(node.asked().getLast().body()).isEqualTo("merged");
      assertThat(node.asked().getLast().head()).contains("X-Riak-Vclock: b2xk\r\n");
    }
  }

  @Test
  void resolveKeepsWhatIsNotSaidOnTheCommandLine() {
    try (var node = new ScriptedNode(Answers.two(), Answers.stored())) {
      Ran.at(node, "resolve", "carts", "alice", "--vtag=bb2");
      assertThat(node.asked().getLast().head())
          .contains("Content-Encoding: gzip\r\n", "Link: </a>; rel=\"b\"\r\n");
    }
  }

  @Test
  void resolveOfAnUnknownTagWritesNothing() {
    try (var node = new ScriptedNode(Answers.two())) {
      Ran ran = Ran.at(node, "resolve", "carts", "alice", "--vtag=zz");
      assertThat(ran)
          .isEqualTo(new Ran(1, "", "cartwheel resolve: no sibling zz; there are aa1, bb2\n"));
      assertThat(node.asked()).hasSize(1);
    }
  }
}
