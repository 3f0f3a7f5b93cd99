package io.cartwheel.transport;

import static io.cartwheel.transport.TestCluster.B;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.cartwheel.core.message.Message;
import io.cartwheel.core.version.VersionSet;
import io.cartwheel.transport.frame.FrameEncoder;
import io.cartwheel.transport.wire.Peer;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whatever comes over one connection, it costs that connection and nothing else. */
@ExtendWith(LeakCheck.class)
class HostileBytesTest {
  private final TestCluster cluster = new TestCluster();
  private final TestNode a = cluster.start("a", 2);

  @AfterEach
  void wellBehavedPeersAreStillServed() throws IOException {
    try (RawPeer peer = RawPeer.greet(cluster.address("a"), 0)) {
      peer.say(TestCluster.get(77, "k"));
      assertThat(peer.hear().getReplicaState().getId()).isEqualTo(77);
    } finally {
      cluster.close();
    }
  }

  @Test
  void textOfOtherProtocolsIsRefused() throws IOException {
    assertRefusedBeforeTheHandshake("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    assertRefusedBeforeTheHandshake("\u0016\u0003\u0001\u0002\u0000\u0001\u0000");
    assertRefusedBeforeTheHandshake("\u0000\u0000\u0000\u0001\u0001");
    assertThat(a.network.traffic().handshakesRefused()).isEqualTo(3);
  }

  private void assertRefusedBeforeTheHandshake(String text) throws IOException {
    try (RawPeer peer = RawPeer.dial(cluster.address("a"))) {
      peer.sayBytes(text.getBytes(StandardCharsets.ISO_8859_1));
      assertThat(peer.isClosedByPeer()).isTrue();
    }
  }

  @Test
  void noiseIsRefused() throws IOException {
    var random = new Random(11);
    for (int i = 0; i < 200; i++) {
      try (RawPeer peer = RawPeer.dial(cluster.address("a"))) {
        var noise = new byte[random.nextInt(2000)];
        random.nextBytes(noise);
        if (random.nextBoolean()) {
          noise = framed(noise);
        }
        trySaying(peer, noise);
      }
    }
  }

  @Test
  void noiseAfterTheHandshakeEndsTheLink() throws IOException {
    var random = new Random(12);
    for (int i = 0; i < 50; i++) {
      var noise = new byte[1 + random.nextInt(2000)];
      random.nextBytes(noise);
      try (RawPeer peer = RawPeer.greet(cluster.address("a"), i % 2)) {
        trySaying(peer, random.nextBoolean() ? framed(noise) : noise);
      }
    }
    await().until(() -> a.network.traffic().incoming() == 0);
    assertThat(a.incoming).isEmpty();
  }

  @Test
  void aClaimedLengthBeyondTheCapEndsTheConnection() throws IOException {
    try (RawPeer stranger = RawPeer.dial(cluster.address("a"));
        RawPeer peer = RawPeer.greet(cluster.address("a"), 0)) {
      stranger.sayBytes(ByteBuffer.allocate(4).putInt(4097).array());
      assertThat(stranger.isClosedByPeer()).isTrue();
      peer.sayBytes(ByteBuffer.allocate(4).putInt((64 << 20) + 1).array());
      assertThat(peer.isClosedByPeer()).isTrue();
    }
    assertThat(a.network.traffic().malformed()).isEqualTo(2);
  }

  @Test
  void whoSaysNoHelloInTimeIsClosed() throws IOException {
    try (var impatient = new TestCluster()) {
      TestNode host =
          impatient.start("a", 2, settings -> TestCluster.with(settings, TestCluster.IMPATIENT));
      try (RawPeer silent = RawPeer.dial(impatient.address("a"));
          RawPeer slow = RawPeer.dial(impatient.address("a"))) {
        slow.sayBytes(new byte[] {0, 0, 0, 50, 1});
        assertThat(silent.isClosedByPeer()).isTrue();
        assertThat(slow.isClosedByPeer()).isTrue();
      }
      assertThat(host.network.traffic().handshakesRefused()).isEqualTo(2);
    }
  }

  @Test
  void aHelloMayComeByteByByte() throws IOException {
    byte[] hello = framed(hello().toByteArray());
    try (RawPeer peer = RawPeer.dial(cluster.address("a"))) {
      for (byte each : hello) {
        peer.sayBytes(new byte[] {each});
      }
      assertThat(peer.hear().hasWelcome()).isTrue();
    }
  }

  @Test
  void whoSpeaksBeforeItIsWelcomedIsClosed() throws IOException {
    var both = new ByteArrayOutputStream();
    both.write(framed(hello().toByteArray()));
    both.write(framed(FrameEncoder.encode(TestCluster.get(1, "k")).toByteArray()));
    try (RawPeer peer = RawPeer.dial(cluster.address("a"))) {
      peer.sayBytes(both.toByteArray());
      assertThat(peer.isClosedByPeer()).isTrue();
    }
    assertThat(a.incoming).isEmpty();
  }

  @Test
  void whoLeavesDuringTheHandshakeLeavesNothingBehind() throws IOException {
    byte[] hello = framed(hello().toByteArray());
    for (int i = 0; i < 100; i++) {
      RawPeer peer = RawPeer.dial(cluster.address("a"));
      peer.sayBytes(i % 3 == 0 ? new byte[] {0, 0} : hello);
      if (i % 2 == 0) {
        peer.reset();
      } else {
        peer.close();
      }
    }
    await().until(() -> a.network.traffic().incoming() == 0);
  }

  @Test
  void whatDoesNotDecodeEndsTheLink() throws IOException {
    var damaged =
        Peer.ReplicaPut.newBuilder()
            .setKey(ByteString.copyFrom(TestCluster.get(1, "k").key().encoded().toArray()))
            .setState(ByteString.copyFrom(new byte[] {1, 2, 3}));
    assertLinkEndsAfter(Peer.PeerFrame.newBuilder().setReplicaPut(damaged).build());
  }

  @Test
  void aReplyWhereRequestsComeEndsTheLink() throws IOException {
    assertLinkEndsAfter(
        FrameEncoder.encode(new Message.ReplicaState(1, VersionSet.EMPTY, false, 0)));
  }

  @Test
  void aSecondHandshakeEndsTheLink() throws IOException {
    assertLinkEndsAfter(hello());
  }

  private void assertLinkEndsAfter(Peer.PeerFrame frame) throws IOException {
    try (RawPeer peer = RawPeer.greet(cluster.address("a"), 1)) {
      peer.say(frame);
      assertThat(peer.isClosedByPeer()).isTrue();
    }
    assertThat(a.network.traffic().malformed()).isEqualTo(1);
  }

  @Test
  void messagesOfNewerVersionsAreIgnoredAndCounted() throws IOException {
    try (RawPeer peer = RawPeer.greet(cluster.address("a"), 1)) {
      peer.sayBytes(framed(new byte[] {(byte) 0xFA, 0x07, 1, 0}));
      peer.say(TestCluster.get(5, "k"));
      assertThat(peer.hear().getReplicaState().getId()).isEqualTo(5);
    }
    assertThat(a.network.traffic().ignored()).isEqualTo(1);
  }

  @Test
  void noMoreConnectionsAreTakenThanAllowed() throws IOException {
    var limits = new NetworkSettings.Limits(1 << 20, 1 << 20, 100, 1 << 20, 3);
    try (var crowded = new TestCluster()) {
      crowded.start("a", 1, settings -> TestCluster.with(settings, limits));
      List<RawPeer> peers = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        peers.add(RawPeer.dial(crowded.address("a")));
      }
      try (RawPeer oneTooMany = RawPeer.dial(crowded.address("a"))) {
        assertThat(oneTooMany.isClosedByPeer()).isTrue();
      }
      for (RawPeer peer : peers) {
        peer.close();
      }
      await().ignoreExceptions().until(() -> isWelcomed(crowded));
    }
  }

  private static boolean isWelcomed(TestCluster cluster) throws IOException {
    try (RawPeer peer = RawPeer.greet(cluster.address("a"), 0)) {
      peer.say(TestCluster.get(1, "k"));
      return peer.hear().hasReplicaState();
    }
  }

  @Test
  void aDiallerSurvivesAPeerThatTalksNonsense() throws IOException {
    List<byte[]> answers =
        List.of(
            "HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII),
            framed(new byte[] {1, 2, 3}),
            framed(hello().toByteArray()),
            framed(RawPeer.welcome(3).toByteArray()),
            framed(RawPeer.welcome(1 << 20).toByteArray()),
            framed(FrameEncoder.encode(TestCluster.get(1, "k")).toByteArray()));
    try (var listening = new java.net.ServerSocket()) {
      listening.bind(cluster.address("b"));
      for (byte[] answer : answers) {
        try (RawPeer peer = RawPeer.accept(listening)) {
          peer.sayBytes(answer);
          assertThat(peer.isClosedByPeer()).isTrue();
        }
      }
    }
    await().until(() -> a.count(TestNode.What.LOST) >= answers.size());
    assertThat(a.isConnected(0, B)).isFalse();
  }

  private static Peer.PeerFrame hello() {
    return Peer.PeerFrame.newBuilder().setHello(RawPeer.hello()).build();
  }

  private static byte[] framed(byte[] frame) throws IOException {
    var out = new ByteArrayOutputStream();
    var data = new DataOutputStream(out);
    data.writeInt(frame.length);
    data.write(frame);
    return out.toByteArray();
  }

  private static void trySaying(RawPeer peer, byte[] bytes) {
    try {
      peer.sayBytes(bytes);
    } catch (IOException e) {
      assertThat(e).hasMessageMatching("(?i).*(reset|broken pipe|aborted|closed).*");
    }
  }
}
