package io.cartwheel.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A connection that says whatever it is told, byte for byte. */
final class RawSocket implements AutoCloseable {
  private final Socket socket;

  RawSocket(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(30_000);
  }

  /** Sends what the other side takes. */
  RawSocket say(String text) {
    try {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    } catch (IOException _) {
      // It had enough of us.
    }
    return this;
  }

  /** All that comes until the other side closes, but no more than the first 64 KiB. */
  String hearAll() {
    var heard = new StringBuilder();
    var buffer = new byte[8192];
    try {
      for (int count = 0; count >= 0; count = socket.getInputStream().read(buffer)) {
        if (heard.length() < 64 << 10) {
          heard.append(new String(buffer, 0, count, StandardCharsets.ISO_8859_1));
        }
      }
    } catch (IOException _) {
      // A reset ends it as well.
    }
    return heard.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
