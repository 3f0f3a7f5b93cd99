package io.cartwheel.transport;

import static io.cartwheel.transport.TestCluster.B;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cartwheel.core.message.Message;
import io.cartwheel.transport.TestNode.What;
import io.cartwheel.transport.frame.FrameEncoder;
import io.cartwheel.transport.wire.Peer;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who does not keep up costs a bounded amount of memory. */
@ExtendWith(LeakCheck.class)
class BackpressureTest {
  private static final int VALUE_BYTES = 100_000;

  /** What the kernel may hold for a connection, both ways. */
  private static final int SOCKET_BYTES = 16 << 20;

  @Test
  void requestsThatFindNoRoomAreNotSent() throws IOException {
    var limits = new NetworkSettings.Limits(1 << 20, 4 << 20, 100, 1 << 20, 10);
    try (var cluster = new TestCluster();
        var listening = new ServerSocket()) {
      listening.bind(cluster.address("b"));
      TestNode a = cluster.start("a", 1, settings -> TestCluster.with(settings, limits));
      try (RawPeer deaf = RawPeer.accept(listening)) {
        deaf.hear();
        deaf.say(RawPeer.welcome(1));
        await().until(() -> a.isConnected(0, B));
        for (int id = 0; id < 1000; id++) {
          a.send(0, B, List.of(TestCluster.put(id, "k", VALUE_BYTES)));
        }
        int most = (limits.outboundBytes() + SOCKET_BYTES) / VALUE_BYTES;
        await().until(() -> a.count(What.UNSENT) >= 1000 - most);
        assertThat(a.network.traffic().unsent()).isEqualTo(a.count(What.UNSENT));
        assertThat(a.count(What.LOST)).isZero();
        long sent = 1000 - a.count(What.UNSENT);
        for (int i = 0; i < sent; i++) {
          deaf.hear();
        }
        a.send(0, B, List.of(TestCluster.put(2000, "k", VALUE_BYTES)));
        assertThat(deaf.hear().getReplicaPut().getId()).isEqualTo(2000);
      }
    }
  }

  @Test
  void requestsBeyondABoundDoNotWaitForADial() throws IOException {
    var limits = new NetworkSettings.Limits(1 << 20, 1 << 20, 100, 1 << 20, 10);
    try (var cluster = new TestCluster();
        var listening = new ServerSocket()) {
      listening.bind(cluster.address("b"));
      TestNode a = cluster.start("a", 1, settings -> TestCluster.with(settings, limits));
      try (RawPeer b = RawPeer.accept(listening)) {
        b.hear();
        var requests = new ArrayList<Message.Request>();
        for (int id = 0; id < 20; id++) {
          requests.add(TestCluster.put(id, "k", VALUE_BYTES));
        }
        a.send(0, B, requests);
        await().until(() -> a.count(What.UNSENT) == 10);
        b.say(RawPeer.welcome(1));
        for (int id = 0; id < 10; id++) {
          assertThat(b.hear().getReplicaPut().getId()).isEqualTo(id);
        }
      }
    }
  }

  @Test
  void aPeerThatAsksTooMuchIsNotReadUntilItIsAnswered() throws IOException {
    int most = 50;
    var limits = new NetworkSettings.Limits(1 << 20, 4 << 20, most, 1 << 30, 10);
    try (var cluster = new TestCluster()) {
      TestNode a = cluster.prepare("a", 1, settings -> TestCluster.with(settings, limits));
      Queue<TestNode.Incoming> open = new ConcurrentLinkedQueue<>();
      a.answering = open::add;
      a.start();
      try (RawPeer b = RawPeer.greet(cluster.address("a"), 0)) {
        var asking =
            Thread.startVirtualThread(() -> {
              for (int id = 0; id < 1000; id++) {
                sayOrFail(b, TestCluster.put(id, "k", VALUE_BYTES));
              }
            });
        await().until(() -> a.incoming.size() >= most);
        // The kernel's buffers fill up and the asker waits, while its pings would still be read.
        long beats = a.network.traffic().framesOut() + 5;
        await().until(() -> a.network.traffic().framesOut() >= beats);
        assertThat(a.incoming.size()).isBetween(most, most + 2);
        a.answering = incoming -> incoming.reply().accept(TestNode.answerTo(incoming.request()));
        open.forEach(each -> each.reply().accept(TestNode.answerTo(each.request())));
        for (int id = 0; id < 1000; id++) {
          assertThat(b.hear().hasReplicaStored()).isTrue();
        }
        await().until(() -> !asking.isAlive());
      }
    }
  }

  @Test
  void requestsThatNobodyAnswersBlockALinkNoLongerThanTheirTime() throws IOException {
    var limits = new NetworkSettings.Limits(1 << 20, 4 << 20, 10, 1 << 20, 10);
    try (var cluster = new TestCluster()) {
      TestNode a = cluster.prepare("a", 1, settings -> TestCluster.with(settings, limits));
      a.answering = _ -> {};
      a.start();
      try (RawPeer b = RawPeer.greet(cluster.address("a"), 0)) {
        for (int id = 0; id < 10; id++) {
          var get = TestCluster.get(id, "k");
          b.say(new Message.ReplicaGet(id, get.key(), 1, Message.Detail.FULL, false, 100));
        }
        await().until(() -> a.incoming.size() == 10);
        a.answering = incoming -> incoming.reply().accept(TestNode.answerTo(incoming.request()));
        b.say(TestCluster.get(99, "k"));
        assertThat(b.hear().getReplicaState().getId()).isEqualTo(99);
      }
    }
  }

  @Test
  void aPeerThatDoesNotReadItsRepliesIsReadNoMoreEither() throws IOException {
    var limits = new NetworkSettings.Limits(1 << 20, 4 << 20, 1 << 20, 1 << 30, 10);
    try (var cluster = new TestCluster()) {
      TestNode a = cluster.prepare("a", 1, settings -> TestCluster.with(settings, limits));
      a.answering =
          incoming ->
              incoming
                  .reply()
                  .accept(
                      new Message.ReplicaState(
                          incoming.request().id(), TestCluster.state(VALUE_BYTES), false, 0));
      a.start();
      try (RawPeer b = RawPeer.greet(cluster.address("a"), 0)) {
        int asked = 1000;
        for (int id = 0; id < asked; id++) {
          b.say(TestCluster.put(id, "k", 2_000));
        }
        for (int id = 0; id < asked; id++) {
          assertThat(b.hear().getReplicaState().getId()).isEqualTo(id);
        }
      }
      assertThat(a.incoming).hasSize(1000);
    }
  }

  @Test
  void aPeerWhoseRepliesPileUpIsCutOff() throws IOException {
    var limits = new NetworkSettings.Limits(1 << 20, 4 << 20, 1 << 20, 1 << 30, 10);
    try (var cluster = new TestCluster()) {
      TestNode a = cluster.prepare("a", 1, settings -> TestCluster.with(settings, limits));
      Queue<TestNode.Incoming> open = new ConcurrentLinkedQueue<>();
      a.answering = open::add;
      a.start();
      try (RawPeer b = RawPeer.greet(cluster.address("a"), 0)) {
        int asked = 300;
        for (int id = 0; id < asked; id++) {
          b.say(TestCluster.get(id, "k"));
        }
        await().until(() -> open.size() == asked);
        open.forEach(each ->
            each.reply()
                .accept(
                    new Message.ReplicaState(
                        each.request().id(), TestCluster.state(VALUE_BYTES), false, 0)));
        await().until(() -> a.network.traffic().incoming() == 0);
      }
    }
  }

  @Test
  void aPeerThatTalksOnButNeverReadsIsLeft() throws IOException {
    var limits = new NetworkSettings.Limits(1 << 20, 1 << 28, 1 << 20, 1 << 30, 10);
    try (var cluster = new TestCluster()) {
      TestNode a =
          cluster.prepare(
              "a",
              1,
              settings ->
                  TestCluster.with(TestCluster.with(settings, limits), TestCluster.IMPATIENT));
      a.answering =
          incoming ->
              incoming
                  .reply()
                  .accept(
                      new Message.ReplicaState(
                          incoming.request().id(), TestCluster.state(VALUE_BYTES), false, 0));
      a.start();
      try (RawPeer b = RawPeer.greet(cluster.address("a"), 0)) {
        for (int id = 0; id < 500; id++) {
          b.say(TestCluster.get(id, "k"));
        }
        var talking =
            Thread.startVirtualThread(() -> {
              while (a.network.traffic().incoming() > 0) {
                trySaying(b, FrameEncoder.PING);
              }
            });
        await().until(() -> a.network.traffic().incoming() == 0);
        await().until(() -> !talking.isAlive());
      }
    }
  }

  private static void trySaying(RawPeer peer, Peer.PeerFrame frame) {
    try {
      peer.say(frame);
    } catch (IOException e) {
      assertThat(e).hasMessageMatching("(?i).*(reset|broken pipe|aborted|closed).*");
    }
  }

  private static void sayOrFail(RawPeer peer, Message message) {
    try {
      peer.say(message);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
