package io.cartwheel.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.cartwheel.core.item.MalformedException;
import io.cartwheel.core.message.Message;
import io.cartwheel.core.ring.MemberId;
import io.cartwheel.transport.frame.Allocation;
import io.cartwheel.transport.frame.Frame;
import io.cartwheel.transport.frame.FrameCounters;
import io.cartwheel.transport.frame.FrameDecoder;
import io.cartwheel.transport.frame.FrameEncoder;
import io.cartwheel.transport.frame.FrameReader;
import io.cartwheel.transport.wire.Peer;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetSocketAddress;
import java.util.TreeMap;

/** What a stranger may send to the peer port: one frame, its handshake, and a stream of frames. */
public final class FrameFuzz {
  private static final HandshakeRules RULES = new HandshakeRules(settings(), 2);

  private FrameFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    oneFrame(input);
    stream(input);
  }

  private static void oneFrame(byte[] frame) {
    Allocation.assertBoundedFor(frame);
    try {
      switch (FrameDecoder.decode(frame)) {
        case Frame.Said said -> {
          byte[] again = FrameEncoder.encode(said.message()).toByteArray();
          assertThat(FrameDecoder.decode(again)).isEqualTo(said);
        }
        case Frame.Greeted(Peer.Hello hello) -> {
          RULES.objection(hello);
          assertThat(HandshakeRules.printable(hello.getName())).hasSizeLessThan(210);
        }
        case Frame.Welcomed(Peer.Welcome welcome) -> {
          var target =
              new DialTarget(
                  0,
                  TestCluster.B,
                  new NetworkSettings.Peer("b", InetSocketAddress.createUnresolved("b", 1)),
                  new Nobody());
          RULES.objection(target, welcome);
        }
        case Frame.Rejected _, Frame.Pinged _, Frame.Unknown _ -> {}
      }
    } catch (MalformedException _) {
      // As it should be.
    }
  }

  /** The bytes after the first arrive in pieces as long as the first says. */
  private static void stream(byte[] input) {
    var channel = new EmbeddedChannel(new FrameReader(1 << 20, new FrameCounters()));
    int piece = input.length == 0 ? 1 : 1 + (input[0] & 0xFF);
    long framed = 0;
    try {
      for (int from = 1; from < input.length; from += piece) {
        int length = Math.min(piece, input.length - from);
        channel.writeInbound(Unpooled.copiedBuffer(input, from, length));
      }
      channel.checkException();
    } catch (Exception e) {
      assertThat(e).isInstanceOf(MalformedException.class);
    }
    for (byte[] frame = channel.readInbound(); frame != null; frame = channel.readInbound()) {
      framed += frame.length + Integer.BYTES;
      oneFrame(frame);
    }
    assertThat(framed).isLessThanOrEqualTo(input.length);
    channel.finishAndReleaseAll();
  }

  private static NetworkSettings settings() {
    var identity =
        new NetworkSettings.Identity(
            TestCluster.A, "a", TestCluster.CLUSTER_ID, TestCluster.PARTITIONS, 1);
    var peers = new TreeMap<MemberId, NetworkSettings.Peer>();
    peers.put(
        TestCluster.B, new NetworkSettings.Peer("b", InetSocketAddress.createUnresolved("b", 1)));
    return new NetworkSettings(
        identity,
        InetSocketAddress.createUnresolved("a", 1),
        peers,
        NetworkSettings.Limits.DEFAULT,
        NetworkSettings.Timing.DEFAULT);
  }

  /** Owns a link that is never dialled. */
  private static final class Nobody implements LinkOwner {
    @Override
    public void stood(OutgoingLink link, Peer.Welcome welcome) {}

    @Override
    public void failed(DialAttempt attempt, String reason) {}

    @Override
    public void replied(Message.Reply reply) {}

    @Override
    public void broke(OutgoingLink link, String reason) {}
  }
}
