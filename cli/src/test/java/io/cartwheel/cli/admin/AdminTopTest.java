package io.cartwheel.cli.admin;

import static io.cartwheel.cli.ScriptedNode.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.cartwheel.cli.Ran;
import io.cartwheel.cli.ScriptedNode;
import io.cartwheel.cli.ScriptedNode.Answer;
import java.util.List;
import org.junit.jupiter.api.Test;

class AdminTopTest {
  private static final Answer HEALTH = answer("200 OK", AdminVerbTest.HEALTH);

  @Test
  void eachIntervalIsALineOfWhatHappenedInIt() {
    try (var node =
        new ScriptedNode(metrics(100), HEALTH, metrics(300), HEALTH, metrics(300), HEALTH)) {
      Ran ran = top(node, "--count", "2");
      assertThat(ran.status()).isZero();
      List<String> lines = ran.out().lines().toList();
      assertThat(lines).hasSize(2);
      assertThat(lines.getFirst())
          .containsPattern(
              "^[0-9:]{8}  n1  get [0-9.]+/s p50 0.50 p99 0.99 ms  put 0.00/s p50 - p99 - ms")
          .contains(
              "requests 1, connections 3, lost none, suspect none, hints 0, store ok, heap 50 MiB");
      assertThat(lines.getLast()).contains("get 0.00/s p50 - p99 - ms");
    }
  }

  @Test
  void asJsonEachLineIsAnObject() {
    try (var node = new ScriptedNode(metrics(0), HEALTH, metrics(10), HEALTH)) {
      assertThat(top(node, "--count", "1", "-o", "json").out().lines())
          .singleElement()
          .asString()
          .startsWith("{\"address\":\"" + node.address() + "\",\"node\":\"n1\",\"healthy\":true")
          .contains(
              "\"p50_ms\":0.5",
              "\"p50_ms\":null",
              "\"lost\":[],\"suspect\":[],\"phi\":{\"n1\":0.0},\"hints\":0",
              "\"resident_bytes\":314572800");
    }
  }

  @Test
  void aNodeThatFallsSilentDoesNotEndIt() {
    try (var node = new ScriptedNode(metrics(0), HEALTH)) {
      Ran ran = top(node, "--count", "1");
      assertThat(ran.status()).isZero();
      assertThat(ran.out()).contains(node.address() + "  unseen: ");
    }
  }

  @Test
  void withoutAnyNodeItFails() {
    String gone;
    try (var node = new ScriptedNode()) {
      gone = node.address().toString();
    }
    assertThat(Ran.command("admin", "top", "--node", gone).status()).isEqualTo(4);
  }

  private static Ran top(ScriptedNode node, String... words) {
    var all = new java.util.ArrayList<>(List.of("admin", "top", "--interval", "20ms"));
    all.addAll(List.of(words));
    return Ran.at(node, all.toArray(String[]::new));
  }

  /** So many gets that took up to a millisecond. */
  private static Answer metrics(int gets) {
    return answer(
        "200 OK",
        """
        cartwheel_request_seconds_bucket{operation="get",outcome="ok",le="0.001"} %d
        cartwheel_request_seconds_bucket{operation="get",outcome="ok",le="+Inf"} %d
        cartwheel_request_seconds_bucket{operation="other",outcome="ok",le="+Inf"} 7
        """
            .formatted(gets, gets));
  }
}
