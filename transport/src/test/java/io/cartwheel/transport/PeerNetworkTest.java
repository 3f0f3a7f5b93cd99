package io.cartwheel.transport;

import static io.cartwheel.transport.TestCluster.A;
import static io.cartwheel.transport.TestCluster.B;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.cartwheel.core.message.Message;
import io.cartwheel.core.ring.MemberId;
import io.cartwheel.transport.TestNode.What;
import io.netty.channel.epoll.Epoll;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(LeakCheck.class)
class PeerNetworkTest {

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aRequestIsAnswered(boolean epoll) {
    try (var cluster = new TestCluster(epoll)) {
      TestNode a = cluster.start("a", 1);
      TestNode b = cluster.start("b", 1);
      TestCluster.awaitLinks(a, b);
      a.send(0, b, TestCluster.put(7, "k", 1000));
      await().until(() -> a.ids(What.REPLIED).equals(List.of(7L)));
      assertThat(b.incoming).hasSize(1);
      assertThat(b.incoming.element().from()).isEqualTo(A);
      assertThat(b.incoming.element().request()).isEqualTo(TestCluster.put(7, "k", 1000));
    }
  }

  @Test
  void epollIsThereToBeTested() {
    assertThat(Epoll.isAvailable()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"true,1,1", "true,2,2", "true,4,4", "true,1,4", "true,4,1", "true,2,4", "true,4,2"})
  @CsvSource({"false,2,2", "false,1,4", "false,4,2"})
  void aShardsOwnRequestsNeverChangeThreads(boolean epoll, int shardsOfA, int shardsOfB) {
    try (var cluster = new TestCluster(epoll)) {
      TestNode a = cluster.start("a", shardsOfA);
      TestNode b = cluster.start("b", shardsOfB);
      TestCluster.awaitLinks(a, b);
      for (int id = 0; id < 500; id++) {
        Message.ReplicaGet get = TestCluster.get(id, "key-" + id);
        a.send(a.shardOf(get.key()), b, get);
      }
      await().until(() -> a.count(What.REPLIED) == 500);
      assertThat(b.network.traffic().hops()).isZero();
      assertThat(b.incoming.stream().map(TestNode.Incoming::shard).distinct()).hasSize(shardsOfB);
    }
  }

  @Test
  void aRequestForAnotherShardHopsThereAndBack() {
    try (var cluster = new TestCluster()) {
      TestNode a = cluster.start("a", 2);
      TestNode b = cluster.start("b", 2);
      TestCluster.awaitLinks(a, b);
      for (int id = 0; id < 200; id++) {
        Message.ReplicaGet get = TestCluster.get(id, "key-" + id);
        a.send(1 - a.shardOf(get.key()), b, get);
      }
      await().until(() -> a.count(What.REPLIED) == 200);
      assertThat(b.network.traffic().hops()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @CsvSource({"1,1", "2,2", "2,4", "4,1"})
  void aHeartbeatIsAnsweredByTheShardAtTheOtherEnd(int shardsOfA, int shardsOfB) {
    try (var cluster = new TestCluster()) {
      TestNode a = cluster.start("a", shardsOfA);
      TestNode b = cluster.start("b", shardsOfB);
      TestCluster.awaitLinks(a, b);
      for (int shard = 0; shard < shardsOfA; shard++) {
        a.send(shard, b, new Message.Heartbeat(shard, 60_000));
      }
      await().until(() -> a.count(What.REPLIED) == shardsOfA);
      assertThat(b.network.traffic().hops()).isZero();
      assertThat(b.incoming)
          .allSatisfy(each -> assertThat(each.shard()).isEqualTo(each.request().id() % shardsOfB));
      assertThat(a.replies)
          .allSatisfy(reply -> assertThat(reply).isInstanceOf(Message.Alive.class));
    }
  }

  @Test
  void manyRequestsOfOneTurnStayInOrderAndTravelTogether() {
    try (var cluster = new TestCluster()) {
      TestNode a = cluster.start("a", 1);
      TestNode b = cluster.start("b", 1);
      TestCluster.awaitLinks(a, b);
      var requests = new ArrayList<Message.Request>();
      for (int id = 0; id < 10_000; id++) {
        requests.add(id % 2 == 0 ? TestCluster.get(id, "k" + id) : TestCluster.put(id, "k", 100));
      }
      a.send(0, b.id, requests);
      await().until(() -> a.count(What.REPLIED) == 10_000);
      List<Long> inOrder = LongStream.range(0, 10_000).boxed().toList();
      assertThat(b.incoming.stream().map(each -> each.request().id())).isEqualTo(inOrder);
      assertThat(a.ids(What.REPLIED)).isEqualTo(inOrder);
    }
  }

  @Test
  void eachShardHearsOnceThatItsLinksStand() {
    try (var cluster = new TestCluster()) {
      TestNode a = cluster.start("a", 2);
      TestNode b = cluster.start("b", 4);
      TestCluster.awaitLinks(a, b);
      assertThat(a.count(What.CONNECTED)).isEqualTo(2);
      assertThat(b.count(What.CONNECTED)).isEqualTo(4);
      assertThat(a.isConnected(1, B)).isTrue();
      assertThat(a.isConnected(1, A)).isFalse();
      assertThat(a.network.traffic().incoming()).isEqualTo(4);
    }
  }

  @Test
  void theHandshakeTellsWhoHasServedAndWhoWasMet() {
    try (var cluster = new TestCluster()) {
      TestNode a = cluster.prepare("a", 1, settings -> settings);
      TestNode b = cluster.prepare("b", 1, settings -> settings);
      a.established = true;
      b.metBefore = true;
      a.start();
      b.start();
      var bToA =
          new Acquaintances.Greeting("b", TestCluster.directory("b"), 1, false, Optional.of(true));
      var aToB =
          new Acquaintances.Greeting("a", TestCluster.directory("a"), 1, true, Optional.of(false));
      await().until(() -> a.greetings.contains(bToA) && b.greetings.contains(aToB));
      assertThat(b.directories).contains(TestCluster.directory("a"));
      assertThat(a.greetings)
          .contains(
              new Acquaintances.Greeting(
                  "b", TestCluster.directory("b"), 1, false, Optional.empty()));
      assertThat(b.greetings)
          .contains(
              new Acquaintances.Greeting(
                  "a", TestCluster.directory("a"), 1, true, Optional.empty()));
    }
  }

  @Test
  void membersNobodyToldOfAreLostAtOnceAndNothingIsSentToThem() {
    try (var cluster = new TestCluster()) {
      TestNode a = cluster.start("a", 1);
      var nobody = new MemberId(99);
      a.dial(0, nobody);
      a.send(0, nobody, List.of(TestCluster.get(5, "k")));
      await().until(() -> a.heard.contains(new TestNode.Heard(0, nobody, What.UNSENT, 5)));
      assertThat(a.heard).contains(new TestNode.Heard(0, nobody, What.LOST, 0));
    }
  }

  @Test
  void whatIsTooLargeForAFrameIsNotSent() {
    try (var cluster = new TestCluster()) {
      var small = new NetworkSettings.Limits(10_000, 1 << 20, 100, 1 << 20, 10);
      TestNode a = cluster.start("a", 1);
      TestNode b = cluster.start("b", 1, settings -> TestCluster.with(settings, small));
      TestCluster.awaitLinks(a, b);
      a.send(0, b, TestCluster.put(2, "k", 10_001));
      b.send(0, a, TestCluster.put(3, "k", 10_001));
      await().until(() -> a.ids(What.UNSENT).contains(2L) && b.ids(What.UNSENT).contains(3L));
      a.send(0, b, TestCluster.put(4, "k", 9_000));
      await().until(() -> a.ids(What.REPLIED).contains(4L));
    }
  }

  @Test
  void aReplyTooLargeForAFrameIsARefusalThatLeavesTheEffectOpen() {
    try (var cluster = new TestCluster()) {
      var small = new NetworkSettings.Limits(10_000, 1 << 20, 100, 1 << 20, 10);
      TestNode a = cluster.start("a", 1, settings -> TestCluster.with(settings, small));
      TestNode b = cluster.start("b", 1);
      TestCluster.awaitLinks(a, b);
      b.answering =
          incoming ->
              incoming
                  .reply()
                  .accept(
                      new Message.ReplicaState(
                          incoming.request().id(), TestCluster.state(20_000), false, 0));
      a.send(0, b, TestCluster.get(1, "k"));
      await().until(() -> a.ids(What.REPLIED).equals(List.of(1L)));
      assertThat(a.replies).containsExactly(new Message.Refused(1, Message.Refusal.STORAGE_FAILED));
      assertThat(a.isConnected(0, B)).isTrue();
    }
  }

  @Test
  void aSecondReplyIsDropped() {
    try (var cluster = new TestCluster()) {
      TestNode a = cluster.start("a", 1);
      TestNode b = cluster.start("b", 1);
      TestCluster.awaitLinks(a, b);
      b.answering =
          incoming -> {
            incoming.reply().accept(TestNode.answerTo(incoming.request()));
            incoming.reply().accept(TestNode.answerTo(incoming.request()));
          };
      a.send(0, b.id, List.of(TestCluster.get(1, "k"), TestCluster.get(2, "k")));
      await().until(() -> a.ids(What.REPLIED).equals(List.of(1L, 2L)));
    }
  }

  @Test
  void repliesMayComeFromAnyThread() {
    try (var cluster = new TestCluster()) {
      TestNode a = cluster.start("a", 1);
      TestNode b = cluster.start("b", 1);
      TestCluster.awaitLinks(a, b);
      b.answering =
          incoming ->
              Thread.startVirtualThread(
                  () -> incoming.reply().accept(TestNode.answerTo(incoming.request())));
      for (int id = 0; id < 100; id++) {
        a.send(0, b, TestCluster.get(id, "k"));
      }
      await().until(() -> a.count(What.REPLIED) == 100);
    }
  }

  @Test
  void anAddressInUseIsAnErrorThatNamesIt() {
    try (var cluster = new TestCluster()) {
      cluster.start("a", 1);
      TestNode twin = cluster.prepare("a", 1, settings -> settings);
      assertThatThrownBy(twin::start)
          .isInstanceOf(CompletionException.class)
          .cause()
          .isInstanceOf(IOException.class)
          .hasMessageContaining("" + cluster.address("a").getPort());
    }
  }

  @Test
  void afterItIsClosedNothingIsHeardButThatNothingIsSent() {
    try (var cluster = new TestCluster()) {
      TestNode a = cluster.start("a", 2);
      TestNode b = cluster.start("b", 2);
      TestCluster.awaitLinks(a, b);
      a.network.close().toCompletableFuture().join();
      a.heard.clear();
      a.send(0, b, TestCluster.get(9, "k"));
      await().until(() -> a.ids(What.UNSENT).equals(List.of(9L)));
      assertThat(a.network.traffic().outgoing()).isZero();
      assertThat(a.network.traffic().incoming()).isZero();
      assertThat(a.count(What.LOST)).isZero();
      await().until(() -> b.count(What.LOST) >= 2);
    }
  }

  @Test
  void loopsThatEndUnderItTakeTheirConnectionsWithThem() {
    try (var cluster = new TestCluster()) {
      TestNode a = cluster.start("a", 2);
      TestNode b = cluster.start("b", 2);
      TestCluster.awaitLinks(a, b);
      a.loops.close();
      await().until(() -> b.count(What.LOST) >= 2);
      await().until(() -> b.network.traffic().incoming() == 0);
    }
  }
}
