package io.cartwheel.transport;

import static io.cartwheel.transport.TestCluster.A;
import static io.cartwheel.transport.TestCluster.B;
import static io.cartwheel.transport.TestCluster.CLUSTER_ID;
import static io.cartwheel.transport.TestCluster.PARTITIONS;

import io.cartwheel.core.message.Message;
import io.cartwheel.transport.frame.FrameEncoder;
import io.cartwheel.transport.wire.Peer;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A peer made of a plain socket, to misbehave with: it speaks as {@code b} to {@code a}. */
final class RawPeer implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 30_000;

  private final Socket socket;
  private final DataInputStream in;
  private final DataOutputStream out;

  private RawPeer(Socket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(TIMEOUT_MILLIS);
    in = new DataInputStream(socket.getInputStream());
    out = new DataOutputStream(socket.getOutputStream());
  }

  static RawPeer dial(InetSocketAddress address) throws IOException {
    return new RawPeer(new Socket(address.getAddress(), address.getPort()));
  }

  /** Dials and shakes hands. */
  static RawPeer greet(InetSocketAddress address, int link) throws IOException {
    RawPeer peer = dial(address);
    peer.say(Peer.PeerFrame.newBuilder().setHello(hello().setLink(link)).build());
    if (!peer.hear().hasWelcome()) {
      throw new IOException("not welcomed");
    }
    return peer;
  }

  /** Takes a connection that somebody dials. */
  static RawPeer accept(ServerSocket listening) throws IOException {
    listening.setSoTimeout(TIMEOUT_MILLIS);
    return new RawPeer(listening.accept());
  }

  static Peer.Hello.Builder hello() {
    return Peer.Hello.newBuilder()
        .setProtocol(HandshakeRules.PROTOCOL)
        .setClusterId(CLUSTER_ID)
        .setPartitions(PARTITIONS)
        .setMemberId(B.value())
        .setName("b")
        .setRole(Peer.Role.ROLE_MEMBER)
        .setShards(1)
        .setLink(0)
        .setMaxFrameBytes(64 << 20)
        .setWantedMemberId(A.value());
  }

  static Peer.PeerFrame welcome(int shards) {
    return Peer.PeerFrame.newBuilder()
        .setWelcome(
            Peer.Welcome.newBuilder()
                .setMemberId(B.value())
                .setName("b")
                .setShards(shards)
                .setMaxFrameBytes(64 << 20))
        .build();
  }

  void say(Message message) throws IOException {
    say(FrameEncoder.encode(message));
  }

  void say(Peer.PeerFrame frame) throws IOException {
    out.writeInt(frame.getSerializedSize());
    out.write(frame.toByteArray());
    out.flush();
  }

  void sayBytes(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
  }

  /** The next frame that is no ping. */
  Peer.PeerFrame hear() throws IOException {
    while (true) {
      var frame = new byte[in.readInt()];
      in.readFully(frame);
      Peer.PeerFrame heard = Peer.PeerFrame.parseFrom(frame);
      if (!heard.hasPing()) {
        return heard;
      }
    }
  }

  /** Waits until the other side has closed, whatever it says before. */
  boolean isClosedByPeer() {
    try {
      return drained();
    } catch (java.net.SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  private boolean drained() throws IOException {
    var buffer = new byte[8192];
    long deadline = System.nanoTime() + TIMEOUT_MILLIS * 1_000_000L;
    while (System.nanoTime() < deadline) {
      if (in.read(buffer) < 0) {
        return true;
      }
    }
    return false;
  }

  /** Closes with a reset instead of a farewell. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
