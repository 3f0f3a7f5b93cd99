package io.cartwheel.cli;

import io.cartwheel.cli.http.NodeAddress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * Something that listens where a node would, answers each connection with the next of its lines,
 * bytes as they are, and keeps what it was asked.
 */
public final class ScriptedNode implements AutoCloseable {

  /** What was asked. */
  public record Asked(String head, String body) {
    public String requestLine() {
      return head.lines().findFirst().orElse("");
    }
  }

  /** One answer of the script. */
  public record Answer(String text, boolean readsBody) {}

  private final ServerSocket listener;
  private final List<Asked> asked = Collections.synchronizedList(new ArrayList<>());
  private final List<Answer> script;

  public ScriptedNode(Answer... script) {
    this.script = List.of(script);
    try {
      listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::serve);
  }

  /** A whole answer: status line, header lines, body. */
  public static Answer answer(String status, String body, String... fields) {
    var head = new StringBuilder("HTTP/1.1 ").append(status).append("\r\n");
    for (String field : fields) {
      head.append(field).append("\r\n");
    }
    byte[] content = body.getBytes(StandardCharsets.UTF_8);
    head.append("Content-Length: ").append(content.length).append("\r\n\r\n");
    return raw(head + body);
  }

  /** These bytes, then the end of the connection. */
  public static Answer raw(String text) {
    return new Answer(text, true);
  }

  /** Bytes that are sent as soon as the head is read, whatever else is on its way. */
  public static Answer early(String text) {
    return new Answer(text, false);
  }

  public NodeAddress address() {
    return new NodeAddress("127.0.0.1", listener.getLocalPort());
  }

  public List<Asked> asked() {
    return List.copyOf(asked);
  }

  private void serve() {
    for (Answer answer : script) {
      try (Socket socket = listener.accept()) {
        answer(socket, answer);
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void answer(Socket socket, Answer answer) throws IOException {
    InputStream in = socket.getInputStream();
    String head = head(in);
    String body = "";
    if (answer.readsBody()) {
      body = new String(in.readNBytes(length(head)), StandardCharsets.UTF_8);
    }
    asked.add(new Asked(head, body));
    socket.getOutputStream().write(answer.text().getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().flush();
    if (!answer.readsBody()) {
      socket.shutdownOutput();
      in.readNBytes(64 * 1024);
    }
  }

  private static String head(InputStream in) throws IOException {
    var head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.UTF_8).endsWith("\r\n\r\n")) {
      int b = in.read();
      if (b < 0) {
        throw new IOException("closed");
      }
      head.write(b);
    }
    return head.toString(StandardCharsets.UTF_8);
  }

  private static int length(String head) {
    return head.lines()
        .map(line -> line.toLowerCase(Locale.ROOT))
        .filter(line -> line.startsWith("content-length:"))
        .map(line -> Integer.parseInt(line.substring(15).strip()))
        .findFirst()
        .orElse(0);
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
