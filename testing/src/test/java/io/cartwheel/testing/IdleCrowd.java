package io.cartwheel.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A process of its own: opens connections, uses each once, and holds them until told to end. */
final class IdleCrowd {
  private IdleCrowd() {}

  /** Takes the port and how many; says {@code open N} when they are, and ends with its input. */
  public static void main(String[] arguments) throws IOException {
    var address =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0]));
    int wanted = Integer.parseInt(arguments[1]);
    byte[] ping = "GET /ping HTTP/1.1\r\nHost: h\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    List<SocketChannel> held = new ArrayList<>();
    ByteBuffer answer = ByteBuffer.allocate(4096);
    int answered = 0;
    for (int i = 0; i < wanted; i++) {
      SocketChannel channel = SocketChannel.open(address);
      channel.write(ByteBuffer.wrap(ping));
      held.add(channel);
    }
    for (SocketChannel channel : held) {
      try {
        answered += channel.read(answer.clear()) > 0 ? 1 : 0;
      } catch (IOException _) {
        // One too many: the node closed it at once.
      }
    }
    System.out.println("open " + answered);
    while (System.in.read() >= 0) {
      // Until the other end of the pipe is closed.
    }
  }
}
