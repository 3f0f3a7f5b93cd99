package io.cartwheel.cli.admin;

import static io.cartwheel.cli.ScriptedNode.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.cartwheel.cli.Ran;
import io.cartwheel.cli.ScriptedNode;
import org.junit.jupiter.api.Test;

class AdminExplainTest {
  private static final String LEFT =
      """
      {"vtag":"L","dot":"0a.1:1","tombstone":false,"hash":"1111111122222222","bytes":4,\
      "written":"2026-11-21T14:09:18.740Z","expires":"2026-11-22T14:09:18.740Z"}\
      """;
  private static final String GONE =
      """
      {"vtag":"G","dot":"0b.1:2","tombstone":true,"hash":"3333333344444444","bytes":0,\
      "written":"2026-11-21T14:09:32.276Z"}\
      """;
  private static final String PAGE =
      """
      {"cluster_id":"00ff","version":1,"partition":7,"position":"0a","n":3,\
      "conflicts":{"in_agreement":false,"differing":["n2","n5"],"missing":["n3"]},"members":[\
      {"member":"n1","primary":true,"health":"healthy","answer":"reported",\
      "report":{"recovering":false,"copy":"held","hash":"aaaaaaaabbbbbbbb","clock":["0a.1:1"],\
      "versions":[\
      """
          + LEFT
          + ","
          + GONE
          + """
          ],"loss_marked":false,"epoch":"0a.1",\
          "tree":{"partition":7,"owners":3,"segment":517,"vouched_for":true,\
          "leaf":"5555555566666666"}}},\
          {"member":"n2","primary":true,"health":"healthy","answer":"reported",\
          "report":{"recovering":true,"copy":"held","hash":"ccccccccdddddddd","clock":["0a.1:1"],\
          "versions":[\
          """
          + LEFT
          + """
          ],"loss_marked":true,\
          "tree":{"partition":7,"owners":3,"segment":517,"vouched_for":false}}},\
          {"member":"n3","primary":true,"health":"suspect","answer":"timed_out"},\
          {"member":"n4","primary":false,"health":"healthy","answer":"reported",\
          "report":{"recovering":false,"copy":"held","hash":"aaaaaaaabbbbbbbb","clock":["0a.1:1"],\
          "versions":[\
          """
          + LEFT
          + ","
          + GONE
          + """
          ],"loss_marked":false,"owed":{"owners":["n3","n1"],"since":"2026-11-21T14:10:00Z"}}},\
          {"member":"n5","primary":false,"health":"healthy","answer":"reported",\
          "report":{"recovering":false,"copy":"damaged"}},\
          {"member":"n6","primary":false,"health":"untried","answer":"reported",\
          "report":{"recovering":false,"copy":"absent"}}]}
          """;

  @Test
  void membersVersionsAndTheVerdictAreShown() {
    try (var node = new ScriptedNode(answer("200 OK", PAGE))) {
      Ran ran = Ran.at(node, "admin", "explain", "carts", "a/b", "--type", "t");
      assertThat(ran.status()).isZero();
      assertThat(ran.out().lines())
          .containsExactly(
              "MEMBER  ROLE      HEALTH   COPY       VERSIONS  STATE     TREE       NOTES",
              "n1      primary   healthy  held       2         aaaaaaaa  55555555   -",
              "n2      primary   healthy  held       1         cccccccc  not ready  differs, may"
                  + " lack writes, recovering",
              "n3      primary   suspect  no answer  -         -         -          timed out",
              "n4      fallback  healthy  held       2         aaaaaaaa  -          kept for n3 and"
                  + " n1 since 2026-11-21T14:10:00Z",
              "n5      fallback  healthy  damaged    -         -         -          differs",
              "n6      fallback  untried  none       -         -         -          -",
              "",
              "VTAG  KIND       WRITTEN                   EXPIRES                   BYTES  CONTENT "
                  + "  DOT     MEMBERS",
              "L     value      2026-11-21T14:09:18.740Z  2026-11-22T14:09:18.740Z  4      11111111"
                  + "  0a.1:1  n1 n2 n4",
              "G     tombstone  2026-11-21T14:09:32.276Z  -                         0      33333333"
                  + "  0b.1:2  n1 n4",
              "",
              "partition 7, position 0a, n 3",
              "differing: n2, n5; no answer from n3");
      assertThat(node.asked().getFirst().requestLine())
          .isEqualTo("GET /admin/v1/explain?type=t&bucket=carts&key=a%2Fb HTTP/1.1");
    }
  }

  @Test
  void asJsonTheAnswerIsTheNodes() {
    try (var node = new ScriptedNode(answer("200 OK", PAGE))) {
      assertThat(Ran.at(node, "admin", "explain", "carts", "alice", "-o", "json"))
          .isEqualTo(new Ran(0, PAGE, ""));
    }
  }

  @Test
  void whereNobodyHasAnythingTheStatusIsThree() {
    String nothing =
        "{\"partition\":7,\"position\":\"0a\",\"n\":1,"
            + "\"conflicts\":{\"in_agreement\":true,\"differing\":[],\"missing\":[\"n2\"]},"
            + "\"members\":[{\"member\":\"n1\",\"primary\":true,\"health\":\"healthy\","
            + "\"answer\":\"reported\",\"report\":{\"recovering\":false,\"copy\":\"absent\"}},"
            + "{\"member\":\"n2\",\"primary\":false,\"health\":\"suspect\",\"answer\":\"failed\"}]}";
    try (var node = new ScriptedNode(answer("200 OK", nothing))) {
      Ran ran = Ran.at(node, "admin", "explain", "carts", "alice");
      assertThat(ran.status()).isEqualTo(3);
      assertThat(ran.out().lines())
          .containsExactly(
              "MEMBER  ROLE      HEALTH   COPY       VERSIONS  STATE  TREE  NOTES",
              "n1      primary   healthy  none       -         -      -     -",
              "n2      fallback  suspect  no answer  -         -      -     failed",
              "partition 7, position 0a, n 1",
              "in agreement; no answer from n2");
      assertThat(ran.err())
          .isEqualTo(
              "cartwheel admin explain: nothing at carts/alice at any member that answered;"
                  + " silent: n2\n");
    }
    String whole = nothing.replace("\"missing\":[\"n2\"]", "\"missing\":[]");
    try (var node = new ScriptedNode(answer("200 OK", whole))) {
      assertThat(Ran.at(node, "admin", "explain", "carts", "alice", "-o", "json"))
          .isEqualTo(
              new Ran(
                  3,
                  whole + "\n",
                  "cartwheel admin explain: nothing at carts/alice at any member\n"));
    }
  }

  @Test
  void whereNobodyAnswersTheStatusIsFour() {
    String silence =
        "{\"conflicts\":{\"in_agreement\":false,\"differing\":[],\"missing\":[\"n1\"]},\"members\":"
            + "[{\"member\":\"n1\",\"primary\":true,\"health\":\"healthy\","
            + "\"answer\":\"storage_failed\"}]}";
    try (var node = new ScriptedNode(answer("200 OK", silence))) {
      Ran ran = Ran.at(node, "admin", "explain", "carts", "alice");
      assertThat(ran.status()).isEqualTo(4);
      assertThat(ran.out()).contains("storage failed", "nothing is known; no answer from n1");
      assertThat(ran.err())
          .isEqualTo("cartwheel admin explain: no member answered what it has of carts/alice\n");
    }
  }

  @Test
  void refusalsHaveTheirOwnStatus() {
    try (var node =
        new ScriptedNode(
            answer("404 Not Found", "unknown bucket type\n"),
            answer("503 Service Unavailable", "unavailable: the node is starting\n"))) {
      assertThat(Ran.at(node, "admin", "explain", "b", "k", "--type=t"))
          .isEqualTo(new Ran(3, "", "cartwheel admin explain: unknown bucket type\n"));
      assertThat(Ran.at(node, "admin", "explain", "b", "k").status()).isEqualTo(4);
    }
    assertThat(Ran.command("admin", "explain", "carts").status()).isEqualTo(2);
  }
}
