package io.cartwheel.cli.ring;

import static io.cartwheel.cli.ScriptedNode.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.cartwheel.cli.Ran;
import io.cartwheel.cli.ScriptedNode;
import org.junit.jupiter.api.Test;

class RingVerbTest {
  private static final String RING =
      """
      {"cluster_id":"00ff","version":1,"self":"a1","ready":true,"recovering":false,
       "partitions":256,"members":[
        {"id":"a1","name":"n1","peer":"127.0.0.1:7101","http":"127.0.0.1:8101",
         "state":"connected","partitions":128,"replicas":256},
        {"id":"b2","name":"n2","peer":"127.0.0.1:7102","state":"lost",
         "partitions":128,"replicas":256}]}
      """;

  @Test
  void theMembersAreShownWithTheirShares() {
    try (var node = new ScriptedNode(answer("200 OK", RING))) {
      Ran ran = Ran.at(node, "ring", "show");
      assertThat(ran.status()).isZero();
      assertThat(ran.out().lines())
          .containsExactly(
              "MEMBER  STATE  PARTITIONS  REPLICAS  PEER            HTTP            ID",
              "n1      asked  128         256       127.0.0.1:7101  127.0.0.1:8101  a1",
              "n2      lost   128         256       127.0.0.1:7102  -               b2",
              "256 partitions, list version 1, cluster 00ff");
      assertThat(node.asked().getFirst().requestLine()).isEqualTo("GET /admin/v1/ring HTTP/1.1");
    }
  }

  @Test
  void asJsonTheAnswerIsTheNodes() {
    try (var node = new ScriptedNode(answer("200 OK", RING))) {
      assertThat(Ran.at(node, "ring", "show", "-o", "json").out()).isEqualTo(RING);
    }
  }

  @Test
  void aPreferenceListNamesPrimariesBeforeTheOthers() {
    String list =
        "{\"partition\":7,\"position\":\"0a\",\"n\":2,\"primaries\":[\"n2\",\"n3\"],"
            + "\"fallbacks\":[\"n1\"]}";
    try (var node = new ScriptedNode(answer("200 OK", list))) {
      Ran ran = Ran.at(node, "ring", "preflist", "carts", "a/b", "--type", "t");
      assertThat(ran.out().lines())
          .containsExactly(
              "RANK  MEMBER  ROLE",
              "1     n2      primary",
              "2     n3      primary",
              "3     n1      fallback",
              "partition 7, position 0a, n 2");
      assertThat(node.asked().getFirst().requestLine())
          .isEqualTo("GET /admin/v1/preflist?type=t&bucket=carts&key=a%2Fb HTTP/1.1");
    }
  }

  @Test
  void ownersAreListedByPartition() {
    String owners =
        "{\"partitions\":[{\"partition\":0,\"owners\":[\"n1\",\"n2\"]},"
            + "{\"partition\":1,\"owners\":[\"n2\",\"n1\"]}]}";
    try (var node = new ScriptedNode(answer("200 OK", owners))) {
      assertThat(Ran.at(node, "ring", "owners").out().lines())
          .containsExactly("PARTITION  OWNERS", "0          n1 n2", "1          n2 n1");
    }
  }

  @Test
  void aRefusalIsTold() {
    try (var node = new ScriptedNode(answer("404 Not Found", "unknown bucket type\n"))) {
      assertThat(Ran.at(node, "ring", "preflist", "b", "k", "--type=t"))
          .isEqualTo(new Ran(3, "", "cartwheel ring preflist: unknown bucket type\n"));
    }
  }

  @Test
  void aGroupWithoutAVerbIsUsage() {
    Ran ran = Ran.command("ring");
    assertThat(ran.status()).isEqualTo(2);
    assertThat(ran.err()).contains("preflist");
    assertThat(Ran.command("ring", "shwo").err())
        .contains("cartwheel ring: unknown verb 'shwo'; did you mean show?");
  }
}
