package io.cartwheel.transport;

import static io.cartwheel.transport.TestCluster.A;
import static io.cartwheel.transport.TestCluster.B;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cartwheel.core.ring.MemberId;
import io.cartwheel.transport.TestNode.What;
import io.cartwheel.transport.wire.Peer;
import io.cartwheel.transport.wire.Peer.Rejection.Reason;
import java.io.IOException;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(LeakCheck.class)
class HandshakeTest {

  static Stream<Arguments> badHellos() {
    return Stream.of(
        bad(Reason.WRONG_PROTOCOL, hello -> hello.setProtocol(2)),
        bad(Reason.WRONG_ROLE, hello -> hello.setRoleValue(7)),
        bad(Reason.WRONG_CLUSTER, hello -> hello.setClusterId(1)),
        bad(Reason.WRONG_PARTITIONS, hello -> hello.setPartitions(128)),
        bad(Reason.UNKNOWN_MEMBER, hello -> hello.setMemberId(12345)),
        bad(Reason.UNKNOWN_MEMBER, hello -> hello.setMemberId(0)),
        bad(Reason.WRONG_NAME, hello -> hello.setName("c\n\u0007")),
        bad(Reason.SELF, hello -> hello.setMemberId(A.value()).setName("a")),
        bad(Reason.NOT_ME, hello -> hello.setWantedMemberId(B.value())),
        bad(Reason.WRONG_LINK, hello -> hello.setShards(3)),
        bad(Reason.WRONG_LINK, hello -> hello.setShards(0)),
        bad(Reason.WRONG_LINK, hello -> hello.setShards(1 << 30)),
        bad(Reason.WRONG_LINK, hello -> hello.setLink(2)),
        bad(Reason.WRONG_LINK, hello -> hello.setLink(-1)));
  }

  private static Arguments bad(Reason reason, UnaryOperator<Peer.Hello.Builder> change) {
    return Arguments.of(reason, change.apply(RawPeer.hello()).build());
  }

  @ParameterizedTest
  @MethodSource("badHellos")
  void whoDoesNotBelongHereIsToldWhyAndClosed(Reason reason, Peer.Hello hello) throws IOException {
    try (var cluster = new TestCluster()) {
      TestNode a = cluster.start("a", 2);
      try (RawPeer peer = RawPeer.dial(cluster.address("a"))) {
        peer.say(Peer.PeerFrame.newBuilder().setHello(hello).build());
        Peer.Rejection rejection = peer.hear().getRejection();
        assertThat(rejection.getReason()).isEqualTo(reason);
        assertThat(rejection.getExplanation()).isNotBlank();
        assertThat(peer.isClosedByPeer()).isTrue();
      }
      assertThat(a.network.traffic().handshakesRefused()).isEqualTo(1);
      assertThat(a.greetings).isEmpty();
    }
  }

  @Test
  void nodesOfTwoClustersNeverConnect() {
    try (var cluster = new TestCluster()) {
      TestNode a = cluster.start("a", 1);
      var other = new NetworkSettings.Identity(B, "b", 99, TestCluster.PARTITIONS, 1);
      TestNode b = cluster.start("b", 1, settings -> TestCluster.with(settings, other));
      await().until(() -> a.count(What.LOST) >= 3 && b.count(What.LOST) >= 3);
      assertThat(a.count(What.CONNECTED)).isZero();
      assertThat(b.count(What.CONNECTED)).isZero();
    }
  }

  @Test
  void somebodyElseAtThePeersAddressIsNotTakenForThePeer() {
    try (var cluster = new TestCluster()) {
      TestNode a = cluster.start("a", 1);
      var impostor =
          new NetworkSettings.Identity(
              new MemberId(5), "c", TestCluster.CLUSTER_ID, TestCluster.PARTITIONS, 1);
      cluster.start("b", 1, settings -> TestCluster.with(settings, impostor));
      await().until(() -> a.count(What.LOST) >= 3);
      assertThat(a.count(What.CONNECTED)).isZero();
    }
  }

  @Test
  void aLinkDialledAnewReplacesTheOldOne() throws IOException {
    try (var cluster = new TestCluster()) {
      TestNode a = cluster.start("a", 2);
      try (RawPeer older = RawPeer.greet(cluster.address("a"), 1);
          RawPeer newer = RawPeer.greet(cluster.address("a"), 1);
          RawPeer another = RawPeer.greet(cluster.address("a"), 0)) {
        assertThat(older.isClosedByPeer()).isTrue();
        newer.say(TestCluster.get(1, "k"));
        assertThat(newer.hear().hasReplicaState()).isTrue();
        another.say(TestCluster.get(2, "k"));
        assertThat(another.hear().hasReplicaState()).isTrue();
        assertThat(a.network.traffic().incoming()).isEqualTo(2);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "b"})
  void anErrorOfOurOwnInAHandshakeLeavesNoConnectionStuck(String failing) {
    try (var cluster = new TestCluster()) {
      TestNode a =
          cluster.prepare("a", 2, settings -> TestCluster.with(settings, TestCluster.IMPATIENT));
      TestNode b =
          cluster.prepare("b", 2, settings -> TestCluster.with(settings, TestCluster.IMPATIENT));
      TestNode culprit = failing.equals("a") ? a : b;
      culprit.memoryFails = true;
      a.start();
      b.start();
      await().until(() -> a.count(What.LOST) >= 4);
      assertThat(a.count(What.CONNECTED)).isZero();
      culprit.memoryFails = false;
      await().until(() -> a.isConnected(0, B) && a.isConnected(1, B));
      await().until(() -> b.network.traffic().incoming() == 2);
    }
  }

  @Test
  void manyDialsOfOneLinkAtOnceLeaveOne() throws Exception {
    try (var cluster = new TestCluster()) {
      TestNode a = cluster.start("a", 4);
      var dials = new java.util.ArrayList<java.util.concurrent.Future<?>>();
      try (var threads = java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor()) {
        for (int i = 0; i < 40; i++) {
          dials.add(threads.submit(() -> RawPeer.greet(cluster.address("a"), 0)));
        }
      }
      await().until(() -> a.network.traffic().incoming() == 1);
      for (var dial : dials) {
        if (dial.state() == java.util.concurrent.Future.State.SUCCESS) {
          ((RawPeer) dial.get()).close();
        }
      }
      await().until(() -> a.network.traffic().incoming() == 0);
    }
  }
}
