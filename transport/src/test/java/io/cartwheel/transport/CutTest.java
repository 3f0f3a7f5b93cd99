package io.cartwheel.transport;

import static io.cartwheel.transport.TestCluster.A;
import static io.cartwheel.transport.TestCluster.B;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cartwheel.transport.TestNode.What;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeakCheck.class)
class CutTest {
  @Test
  void aMemberThatIsCutOffFallsSilentAndComesBackOnNewLinks() {
    try (var cluster = new TestCluster()) {
      TestNode a = cluster.start("a", 1, s -> TestCluster.with(s, TestCluster.IMPATIENT));
      TestNode b = cluster.start("b", 1);
      await().until(() -> a.isConnected(0, B));

      a.network.cutOff(Set.of(B));
      await().until(() -> !a.isConnected(0, B));
      a.heard.clear();
      a.send(0, B, List.of(TestCluster.get(1, "k")));
      await().until(() -> a.count(What.LOST) > 0);
      assertThat(a.count(What.CONNECTED)).isZero();
      assertThat(b.incoming).isEmpty();

      a.network.cutOff(Set.of());
      await().until(() -> a.isConnected(0, B));
      a.send(0, B, List.of(TestCluster.get(2, "k")));
      await().until(() -> a.ids(What.REPLIED).contains(2L));
    }
  }

  @Test
  void theOthersLinksAreTheirsToCut() {
    try (var cluster = new TestCluster()) {
      TestNode a = cluster.start("a", 1);
      TestNode b = cluster.start("b", 1);
      await().until(() -> a.isConnected(0, B) && b.isConnected(0, A));

      a.network.cutOff(Set.of(B));
      b.send(0, A, List.of(TestCluster.get(1, "k")));

      await().until(() -> b.ids(What.REPLIED).contains(1L));
    }
  }

  @Test
  void bytesLostMeanwhileEndTheLinkThoughTheCutWasShort() {
    try (var cluster = new TestCluster()) {
      TestNode a = cluster.start("a", 1);
      TestNode b = cluster.start("b", 1);
      await().until(() -> a.isConnected(0, B));

      a.network.cutOff(Set.of(B));
      a.send(0, B, List.of(TestCluster.get(1, "k")));
      // Asked twice: the first answer may come before what was sent is written, at the turn's end.
      a.isConnected(0, B);
      a.isConnected(0, B);
      a.network.cutOff(Set.of());
      a.send(0, B, List.of(TestCluster.get(2, "k")));

      await().until(() -> a.count(What.LOST) > 0);
      await().until(() -> a.isConnected(0, B));
      assertThat(b.incoming).isEmpty();
      assertThat(a.ids(What.REPLIED)).isEmpty();
    }
  }
}
