package io.cartwheel.transport;

import static io.cartwheel.transport.TestCluster.A;
import static io.cartwheel.transport.TestCluster.B;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cartwheel.transport.TestNode.Heard;
import io.cartwheel.transport.TestNode.What;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(LeakCheck.class)
class ReconnectionTest {
  private static final NetworkSettings.Timing NEVER_RETRYING =
      new NetworkSettings.Timing(
          TestCluster.BRISK.connect(),
          TestCluster.BRISK.handshake(),
          TestCluster.BRISK.heartbeat(),
          TestCluster.BRISK.silentHeartbeats(),
          Duration.ofHours(1),
          Duration.ofHours(1));

  @ParameterizedTest
  @CsvSource({"1,1", "2,4", "4,1"})
  void aPeerThatRestartsWithOtherShardsIsFoundAgain(int before, int after) {
    try (var cluster = new TestCluster()) {
      TestNode a = cluster.start("a", 2);
      TestNode b = cluster.start("b", before);
      await().until(() -> a.network.traffic().outgoing() == Math.max(2, before));
      b.close();
      await().until(() -> a.count(What.LOST) >= 2 && a.network.traffic().outgoing() == 0);
      TestNode again = cluster.start("b", after);
      await().until(() -> a.network.traffic().outgoing() == Math.max(2, after));
      await().until(() -> again.network.traffic().outgoing() == Math.max(2, after));
      a.heard.clear();
      for (int id = 0; id < 100; id++) {
        var get = TestCluster.get(id, "key-" + id);
        a.send(a.shardOf(get.key()), again, get);
      }
      await().until(() -> a.count(What.REPLIED) == 100);
      assertThat(again.network.traffic().hops()).isZero();
    }
  }

  @Test
  void eachShardHearsOfAPeersDeathAndMissesNothingElse() {
    try (var cluster = new TestCluster()) {
      TestNode a = cluster.start("a", 2, settings -> TestCluster.with(settings, NEVER_RETRYING));
      TestNode b = cluster.prepare("b", 2, settings -> settings);
      b.answering = _ -> {};
      b.start();
      a.dial(0, B);
      a.dial(1, B);
      await().until(() -> a.network.traffic().outgoing() == 2);
      a.heard.clear();
      a.send(0, b, TestCluster.get(1, "k"));
      await().until(() -> !b.incoming.isEmpty());
      b.loops.close();
      await().until(() -> a.count(What.LOST) == 2);
      assertThat(a.heard)
          .containsExactlyInAnyOrder(new Heard(0, B, What.LOST, 0), new Heard(1, B, What.LOST, 0));
    }
  }

  @Test
  void aRequestDialsAtOnceHoweverLongThePause() {
    try (var cluster = new TestCluster()) {
      TestNode a = cluster.start("a", 1, settings -> TestCluster.with(settings, NEVER_RETRYING));
      await().until(() -> a.count(What.LOST) == 1);
      a.send(0, B, List.of(TestCluster.get(1, "k")));
      await().until(() -> a.count(What.LOST) == 2);
      TestNode b = cluster.start("b", 1);
      a.send(0, B, List.of(TestCluster.get(2, "k"), TestCluster.get(3, "k")));
      await().until(() -> a.ids(What.REPLIED).equals(List.of(2L, 3L)));
      assertThat(b.incoming).hasSize(2);
    }
  }

  @Test
  void manyRequestsToADeadPeerDialItOnlySoOften() {
    try (var cluster = new TestCluster()) {
      TestNode a = cluster.start("a", 1, settings -> TestCluster.with(settings, NEVER_RETRYING));
      await().until(() -> a.count(What.LOST) == 1);
      long start = System.nanoTime();
      int sent = 0;
      while (a.count(What.LOST) < 11) {
        a.send(0, B, List.of(TestCluster.get(sent++, "k")));
        a.isConnected(0, B);
      }
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(90));
      assertThat(a.count(What.UNSENT)).isZero();
    }
  }

  @Test
  void aPeerThatGoesSilentIsLost() throws IOException {
    try (var cluster = new TestCluster();
        var listening = new ServerSocket()) {
      listening.bind(cluster.address("b"));
      TestNode a =
          cluster.start("a", 1, settings -> TestCluster.with(settings, TestCluster.IMPATIENT));
      try (RawPeer silent = RawPeer.accept(listening)) {
        assertThat(silent.hear().hasHello()).isTrue();
        silent.say(RawPeer.welcome(1));
        await().until(() -> a.count(What.CONNECTED) == 1);
        assertThat(silent.isClosedByPeer()).isTrue();
      }
      await().until(() -> a.count(What.LOST) >= 1);
    }
  }

  @Test
  void aPeerThatNeverAnswersAHelloIsLost() throws IOException {
    try (var cluster = new TestCluster();
        var listening = new ServerSocket()) {
      listening.bind(cluster.address("b"));
      TestNode a =
          cluster.start("a", 1, settings -> TestCluster.with(settings, TestCluster.IMPATIENT));
      a.send(0, B, List.of(TestCluster.get(1, "k")));
      await().until(() -> a.count(What.LOST) >= 2);
      assertThat(a.count(What.CONNECTED)).isZero();
      assertThat(a.ids(What.UNSENT)).isEmpty();
    }
  }

  @Test
  void quietLinksStand() {
    var timing =
        new NetworkSettings.Timing(
            TestCluster.BRISK.connect(),
            TestCluster.BRISK.handshake(),
            Duration.ofMillis(20),
            150,
            TestCluster.BRISK.firstRetry(),
            TestCluster.BRISK.lastRetry());
    try (var cluster = new TestCluster()) {
      TestNode a = cluster.start("a", 2, settings -> TestCluster.with(settings, timing));
      TestNode b = cluster.start("b", 2, settings -> TestCluster.with(settings, timing));
      TestCluster.awaitLinks(a, b);
      a.heard.clear();
      b.heard.clear();
      int connections = 4;
      long pings = 200L * connections;
      long before = a.network.traffic().framesIn();
      await().until(() -> a.network.traffic().framesIn() > before + pings);
      assertThat(a.heard).isEmpty();
      assertThat(b.heard).isEmpty();
    }
  }

  @Test
  void aNodeThatStartsTwiceTakesOverItsLinks() {
    try (var cluster = new TestCluster()) {
      TestNode a = cluster.start("a", 1);
      TestNode b = cluster.start("b", 1);
      await().until(() -> a.isConnected(0, B) && b.isConnected(0, A));
      // A copied node speaks with the other's identity from an address of its own.
      TestNode copy = cluster.start("b", 1, settings -> bound(settings, TestCluster.freeAddress()));
      await().until(() -> b.count(What.LOST) >= 1 || copy.count(What.LOST) >= 1);
      b.close();
      await().until(() -> copy.isConnected(0, A));
    }
  }

  @Test
  void namesAreLookedUpForEachDial() {
    try (var cluster = new TestCluster()) {
      var anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      TestNode b = cluster.prepare("b", 1, settings -> bound(settings, anyPort));
      var named = InetSocketAddress.createUnresolved("localhost", b.start().getPort());
      TestNode a =
          cluster.start(
              "a",
              1,
              settings -> {
                var peers = new TreeMap<>(settings.peers());
                peers.put(B, new NetworkSettings.Peer("b", named));
                return new NetworkSettings(
                    settings.identity(),
                    settings.bind(),
                    peers,
                    settings.limits(),
                    settings.timing());
              });
      await().until(() -> a.isConnected(0, B));
    }
  }

  private static NetworkSettings bound(NetworkSettings settings, InetSocketAddress address) {
    return new NetworkSettings(
        settings.identity(), address, settings.peers(), settings.limits(), settings.timing());
  }
}
