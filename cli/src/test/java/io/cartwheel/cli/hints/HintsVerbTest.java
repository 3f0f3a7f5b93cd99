package io.cartwheel.cli.hints;

import static io.cartwheel.cli.ScriptedNode.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.cartwheel.cli.Ran;
import io.cartwheel.cli.ScriptedNode;
import io.cartwheel.cli.ScriptedNode.Answer;
import java.util.List;
import org.junit.jupiter.api.Test;

class HintsVerbTest {
  private static final String NOTHING = "{\"total\":0,\"hints\":[]}\n";
  private static final String SOME =
      "{\"total\":12,\"hints\":["
          + "{\"owner\":\"n3\",\"count\":12,\"bytes\":2600,\"oldest_s\":40},"
          + "{\"owner\":\"n4\",\"count\":2,\"bytes\":400,\"oldest_s\":75}]}\n";

  @Test
  void whatIsKeptIsListedByOwner() {
    try (var node = new ScriptedNode(ok(SOME), ok(SOME), ok(NOTHING))) {
      assertThat(Ran.at(node, "hints", "list").out().lines())
          .containsExactly(
              "OWNER  KEYS  BYTES    OLDEST",
              "n3     12    2.5 KiB  40 s",
              "n4     2     400 B    1 min 15 s",
              "keys in all: 12");
      assertThat(Ran.at(node, "hints", "list", "-o", "json").out()).isEqualTo(SOME);
      assertThat(Ran.at(node, "hints", "list"))
          .isEqualTo(new Ran(0, "nothing is kept for others\n", ""));
      assertThat(requests(node)).containsOnly("GET /admin/v1/hints HTTP/1.1");
    }
  }

  @Test
  void aDrainAsksForDeliveryAndWaitsUntilNothingIsLeft() {
    try (var node = new ScriptedNode(ok(SOME), ok(kept(6)), ok(NOTHING))) {
      Ran ran = Ran.at(node, "hints", "drain");
      assertThat(ran)
          .isEqualTo(
              new Ran(0, "all is handed over: keys 12\n", "6 of 12 hints\n12 of 12 hints\n"));
      assertThat(requests(node))
          .containsExactly(
              "PUT /admin/v1/hints?drain=true HTTP/1.1",
              "GET /admin/v1/hints HTTP/1.1",
              "GET /admin/v1/hints HTTP/1.1");
    }
  }

  @Test
  void whereNothingIsKeptADrainIsDone() {
    try (var node = new ScriptedNode(ok(NOTHING), ok(NOTHING))) {
      assertThat(Ran.at(node, "hints", "drain"))
          .isEqualTo(new Ran(0, "nothing was kept for others\n", ""));
      assertThat(Ran.at(node, "hints", "drain", "-o", "json")).isEqualTo(new Ran(0, NOTHING, ""));
    }
  }

  @Test
  void ownersThatCantBeReachedAreNamed() {
    try (var node = new ScriptedNode(ok(SOME), ok(SOME), health("healthy", "suspect"))) {
      assertThat(Ran.at(node, "hints", "drain", "--timeout", "1ms"))
          .isEqualTo(
              new Ran(
                  4,
                  "",
                  "cartwheel hints drain: the node can't reach n4 (keys 2); it goes on by itself"
                      + " once it can\n"));
    }
  }

  @Test
  void whatIsStillOnItsWayInTheEndIsTooLate() {
    try (var node = new ScriptedNode(ok(SOME), ok(SOME), health("healthy", "healthy"))) {
      Ran ran = Ran.at(node, "hints", "drain", "--timeout", "1ms", "-o", "json");
      assertThat(ran.status()).isEqualTo(5);
      assertThat(ran.out()).isEqualTo(SOME);
      assertThat(ran.err())
          .isEqualTo(
              "cartwheel hints drain: too late: still on the way to n3 (keys 12), n4 (keys 2);"
                  + " the node goes on by itself\n");
    }
  }

  private static String kept(int keys) {
    return "{\"total\":%d,\"hints\":[{\"owner\":\"n3\",\"count\":%d,\"bytes\":9,\"oldest_s\":1}]}\n"
        .formatted(keys, keys);
  }

  private static Answer ok(String body) {
    return answer("200 OK", body);
  }

  private static Answer health(String third, String fourth) {
    return ok(
        "{\"members\":[{\"name\":\"n3\",\"health\":\"%s\"},{\"name\":\"n4\",\"health\":\"%s\"}]}"
            .formatted(third, fourth));
  }

  private static List<String> requests(ScriptedNode node) {
    return node.asked().stream().map(ScriptedNode.Asked::requestLine).toList();
  }
}
