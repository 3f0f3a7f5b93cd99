package io.cartwheel.cli.shell;

import static io.cartwheel.cli.ScriptedNode.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.cartwheel.cli.Ran;
import io.cartwheel.cli.ScriptedNode;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ShellVerbTest {
  private static final String FIELDS = "Content-Type: text/plain";

  @Test
  void linesOfAScriptRunAsVerbsAgainstOneNode() {
    try (var node =
        new ScriptedNode(answer("200 OK", "one\n", FIELDS), answer("200 OK", "two\n", FIELDS))) {
      Ran ran = script(node, "get carts alice\n\n# a comment\n  cartwheel get carts 'b o b'\n");
      assertThat(ran).isEqualTo(new Ran(0, "one\ntwo\n", ""));
      assertThat(node.asked().getLast().requestLine())
          .isEqualTo("GET /buckets/carts/keys/b%20o%20b HTTP/1.1");
    }
  }

  @Test
  void aFailureDoesNotEndAScriptAndTheLastOneIsItsStatus() {
    try (var node =
        new ScriptedNode(
            answer("404 Not Found", "not found\n"),
            answer("503 Service Unavailable", "unavailable\n"),
            answer("200 OK", "two\n", FIELDS))) {
      Ran ran = script(node, "get carts alice\nget carts bob\nget carts carol\n");
      assertThat(ran.status()).isEqualTo(4);
      assertThat(ran.out()).isEqualTo("two\n");
      assertThat(ran.errors()).hasSize(2).last().asString().contains("unavailable");
    }
  }

  @Test
  void theBucketInUseNeedNotBeNamed() {
    try (var node = new ScriptedNode(answer("200 OK", "", FIELDS), answer("200 OK", "", FIELDS))) {
      Ran ran = script(node, "use carts\nget alice\nuse\nget photos cat\n");
      assertThat(ran.status()).isZero();
      assertThat(node.asked().getFirst().requestLine()).contains("/buckets/carts/keys/alice ");
      assertThat(node.asked().getLast().requestLine()).contains("/buckets/photos/keys/cat ");
    }
  }

  @Test
  void nothingIsRunAfterExit() {
    try (var node = new ScriptedNode()) {
      assertThat(script(node, "exit\nget carts alice\n")).isEqualTo(new Ran(0, "", ""));
    }
  }

  @Test
  void aWordWithAnOpenQuoteGoesOnInTheNextLine() {
    try (var node = new ScriptedNode(answer("204 No Content", "", "X-Riak-Vclock: YQ=="))) {
      assertThat(script(node, "put carts alice '[1,\n2]'\n").status()).isZero();
      assertThat(node.asked().getFirst().body()).isEqualTo("[1,\n2]");
    }
    Ran open = Ran.run("get carts 'alice\n", Map.of(), "shell");
    assertThat(open.status()).isEqualTo(2);
    assertThat(open.err()).contains("a quote is open");
  }

  @Test
  void theScriptIsNotTakenForAValue() {
    try (var node = new ScriptedNode()) {
      Ran ran = script(node, "put carts alice -\nversion\n");
      assertThat(ran.status()).isEqualTo(1);
      assertThat(ran.err()).contains("in a shell it holds the commands");
      assertThat(ran.out()).startsWith("cartwheel ");
    }
  }

  @Test
  void whatRunsForLongIsNoVerbOfTheShell() {
    Ran ran = Ran.run("server\nshell\n", Map.of(), "shell");
    assertThat(ran.status()).isEqualTo(2);
    assertThat(ran.err()).contains("unknown verb 'server'", "unknown verb 'shell'");
  }

  @Test
  void helpListsTheVerbsAndExplainsOne() {
    assertThat(Ran.run("help\n", Map.of(), "shell").out())
        .contains("siblings", "use [BUCKET]")
        .doesNotContain("simulate");
    assertThat(Ran.run("help ring show\n", Map.of(), "shell").out())
        .startsWith("Usage: cartwheel ring show");
  }

  @Test
  void aWrongNodeIsToldBeforeTheFirstLine() {
    Ran ran = Ran.run("exit\n", Map.of("CARTWHEEL_NODE", "nowhere"), "shell");
    assertThat(ran.status()).isEqualTo(2);
  }

  private static Ran script(ScriptedNode node, String lines) {
    return Ran.run(lines, Map.of(), "shell", "--node", node.address().toString());
  }
}
