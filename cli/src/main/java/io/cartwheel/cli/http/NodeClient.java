package io.cartwheel.cli.http;

import io.cartwheel.cli.console.CommandFailed;
import io.cartwheel.cli.console.ExitCode;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Asks one node. Whatever goes wrong between here and there becomes a {@link CommandFailed} that
 * names the node and what to do.
 *
 * @param patience how long the node may be silent
 */
public record NodeClient(NodeAddress node, Duration patience) {
  private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(5);

  /** Sends the request over a connection of its own and reads the whole answer. */
  public Response exchange(Request request) throws CommandFailed {
    try (Socket socket = connect()) {
      socket.setSoTimeout(Math.toIntExact(patience.toMillis()));
      return talk(socket, request);
    } catch (SocketTimeoutException e) {
      throw new CommandFailed(
          ExitCode.TIMEOUT,
          node + " did not answer within " + patience.toMillis() + " ms" + fate(request));
    } catch (ProtocolException e) {
      throw new CommandFailed(
          ExitCode.FAILED,
          node + " does not answer as a node does (" + e.getMessage() + "): is it the HTTP port?");
    } catch (IOException e) {
      throw new CommandFailed(
          ExitCode.UNAVAILABLE, node + " broke off: " + e.getMessage() + fate(request));
    }
  }

  private Socket connect() throws CommandFailed, IOException {
    var socket = new Socket();
    try {
      socket.connect(
          new InetSocketAddress(InetAddress.getByName(node.host()), node.port()),
          Math.toIntExact(CONNECT_PATIENCE.toMillis()));
      socket.setTcpNoDelay(true);
      return socket;
    } catch (IOException e) {
      socket.close();
      throw unreachable(e);
    }
  }

  private CommandFailed unreachable(IOException e) {
    return switch (e) {
      case UnknownHostException _ ->
          new CommandFailed(ExitCode.UNAVAILABLE, "there is no host named " + node.host());
      case SocketTimeoutException _ ->
          new CommandFailed(
              ExitCode.UNAVAILABLE,
              node
                  + " can't be reached: no connection within "
                  + CONNECT_PATIENCE.toSeconds()
                  + " s");
      case ConnectException _ ->
          new CommandFailed(
              ExitCode.UNAVAILABLE,
              "no node answers at "
                  + node
                  + " (connection refused): start one with 'cartwheel server', or name another with"
                  + " --node HOST:PORT");
      default ->
          new CommandFailed(ExitCode.UNAVAILABLE, node + " can't be reached: " + e.getMessage());
    };
  }

  /**
   * A node may refuse early and close while the body is still on its way: then its answer counts,
   * not the broken pipe.
   */
  private Response talk(Socket socket, Request request) throws IOException {
    try {
      send(socket.getOutputStream(), request);
    } catch (SocketTimeoutException e) {
      throw e;
    } catch (IOException broken) {
      try {
        return answer(socket);
      } catch (IOException e) {
        broken.addSuppressed(e);
        throw broken;
      }
    }
    return answer(socket);
  }

  private static Response answer(Socket socket) throws IOException {
    var in = new BufferedInputStream(socket.getInputStream(), 64 * 1024);
    in.mark(1);
    if (in.read() < 0) {
      throw new EOFException("the connection was closed without an answer");
    }
    in.reset();
    return new ResponseReader(in).read();
  }

  private void send(OutputStream out, Request request) throws IOException {
    var head = new StringBuilder(512);
    head.append(request.method()).append(' ').append(request.target()).append(" HTTP/1.1\r\n");
    field(head, "Host", node.toString());
    field(head, "Connection", "close");
    field(head, "Accept", "application/json");
    if (request.carriesBody()) {
      field(head, "Content-Length", Integer.toString(request.body().length()));
    }
    for (Headers.Field field : request.headers().fields()) {
      field(head, field.name(), field.value());
    }
    out.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    if (!request.body().isEmpty()) {
      out.write(request.body().toArray());
    }
    out.flush();
  }

  private static void field(StringBuilder head, String name, String value) {
    if (!Headers.isValue(value)) {
      throw new IllegalArgumentException("a control character in header " + name);
    }
    head.append(name).append(": ").append(value).append("\r\n");
  }

  /** What the silence means for what was asked. */
  private static String fate(Request request) {
    return request.method().equals("GET") ? "" : "; whether the write happened is not known";
  }
}
