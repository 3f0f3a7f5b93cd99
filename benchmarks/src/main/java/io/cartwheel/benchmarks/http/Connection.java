package io.cartwheel.benchmarks.http;

import java.io.Closeable;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.function.Consumer;

/** A connection to a node that carries one request at a time. */
final class Connection implements Closeable {
  private final Node node;
  private final SocketChannel channel;
  private final AnswerReader reader;

  private Connection(Node node, SocketChannel channel) {
    this.node = node;
    this.channel = channel;
    this.reader = new AnswerReader(channel);
  }

  /**
   * Connects.
   *
   * @param opened is told the channel before it connects, so that it can be closed meanwhile
   */
  static Connection open(Node node, Consumer<SocketChannel> opened) throws IOException {
    SocketChannel channel = SocketChannel.open();
    try {
      opened.accept(channel);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.connect(node.address());
      return new Connection(node, channel);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  Node node() {
    return node;
  }

  SocketChannel channel() {
    return channel;
  }

  /** Sends a request and waits for its answer. */
  Answer exchange(ByteBuffer request) throws IOException {
    while (request.hasRemaining()) {
      channel.write(request);
    }
    return reader.read();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
