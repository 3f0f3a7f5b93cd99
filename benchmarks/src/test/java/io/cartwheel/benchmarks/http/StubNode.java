package io.cartwheel.benchmarks.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A node that answers each request as a test says. For requests without a body, or small ones. */
public final class StubNode implements AutoCloseable {
  private final ServerSocket server;
  private final Function<String, String> answers;
  private final List<Socket> connections = new CopyOnWriteArrayList<>();
  private final List<String> heads = new CopyOnWriteArrayList<>();

  /**
   * Listens on loopback.
   *
   * @param answers from a request's head to the bytes to send; nothing hangs the connection up
   */
  public StubNode(Function<String, String> answers) throws IOException {
    this.answers = answers;
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  public Node node() {
    return new Node("127.0.0.1", server.getLocalPort());
  }

  /** The heads of all requests so far. */
  public List<String> heads() {
    return heads;
  }

  int connections() {
    return connections.size();
  }

  private void accept() {
    try {
      while (true) {
        Socket connection = server.accept();
        connections.add(connection);
        Thread.ofVirtual().start(() -> serve(connection));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      InputStream in = connection.getInputStream();
      OutputStream out = connection.getOutputStream();
      for (String head = head(in); !head.isEmpty(); head = head(in)) {
        heads.add(head);
        String answer = answers.apply(head);
        out.write(answer.getBytes(StandardCharsets.ISO_8859_1));
        if (answer.isEmpty()) {
          return;
        }
      }
    } catch (IOException closed) {
      // The client has gone.
    }
  }

  /** One request's head; its body is read and dropped. */
  private static String head(InputStream in) throws IOException {
    var head = new StringBuilder();
    while (!head.toString().endsWith("\r\n\r\n")) {
      int b = in.read();
      if (b < 0) {
        return "";
      }
      head.append((char) b);
    }
    int at = head.indexOf("Content-Length: ");
    if (at >= 0) {
      in.skipNBytes(Long.parseLong(head.substring(at + 16, head.indexOf("\r", at))));
    }
    return head.toString();
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket connection : connections) {
      connection.close();
    }
  }
}
