package io.cartwheel.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The demo as a newcomer runs it, but shorter. */
class DemoIT {
  private static final Duration PATIENCE = Duration.ofSeconds(150);

  @Test
  void nothingIsLostAndNothingComesBackWhileNodesAreKilled() {
    Command demo = Command.run(PATIENCE, "demo", "--for", "8s", "--chaos", "-o", "json");
    assertThat(demo.status()).as(demo.toString()).isZero();
    assertThat(demo.out().lines().toList())
        .singleElement()
        .asString()
        .contains("\"lost\":0,\"resurrected\":0,\"things_lost\":0,\"things_back\":0,\"unread\":0")
        .containsPattern("\"acknowledged\":[1-9]")
        .containsPattern("\"kills\":[1-9]");
    assertThat(demo.err()).contains("is killed", "is back");
  }

  @Test
  void itsCommandsAreTakenFromAPipe() {
    String commands =
        """
        conflict
        cart alice
        kill 2
        restart 2
        pause 3
        resume 3
        partition 1,2 | 3,4,5
        heal
        cart nobody
        kill 99
        dance
        quit
        """;
    Command demo = Command.runWith(commands, PATIENCE, "demo");
    assertThat(demo.status()).as(demo.toString()).isZero();
    assertThat(demo.out())
        .contains("a read now shows 2 siblings", "and what is left is: tea, cup, lamp")
        .contains("it lives on n")
        .contains("n2 is killed", "n2 is back", "n3 is paused", "n3 goes on")
        .contains("no packet passes between 1,2 | 3,4,5", "all pauses and partitions are over")
        .contains("customers are alice", "nodes are 1 to 5", "no command 'dance'")
        .contains("0 versions lost, 0 resurrected; 0 things lost, 0 back");
  }

  @Test
  void wrongOptionsAreRefusedBeforeAnythingStarts() {
    assertThat(Command.run(PATIENCE, "demo", "--nodes", "2").status()).isEqualTo(2);
    assertThat(Command.run(PATIENCE, "demo", "--rate", "0").err()).contains("--rate is 1 to");
  }
}
