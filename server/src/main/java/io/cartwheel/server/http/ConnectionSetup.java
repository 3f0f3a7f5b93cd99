package io.cartwheel.server.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.flush.FlushConsolidationHandler;

/** Sets up each accepted connection, or closes it when there are too many. */
final class ConnectionSetup extends ChannelInitializer<SocketChannel> {
  private static final int FLUSH_AT_LEAST_EVERY = 64;

  private final ServerParts parts;
  private final ChannelGroup all;

  ConnectionSetup(ServerParts parts, ChannelGroup all) {
    this.parts = parts;
    this.all = all;
  }

  @Override
  protected void initChannel(SocketChannel channel) {
    if (!parts.connections().take(1)) {
      parts.meters().connectionRefused();
      channel.close();
      return;
    }
    channel.closeFuture().addListener(_ -> parts.connections().giveBack(1));
    all.add(channel);
    addHandlers(channel.pipeline(), parts);
  }

  /** All that stands between a connection's bytes and the routes. */
  static void addHandlers(ChannelPipeline to, ServerParts parts) {
    var connection = new HttpConnection(parts);
    to.addLast(
        new FlushConsolidationHandler(FLUSH_AT_LEAST_EVERY),
        new ByteWatch(connection),
        new RequestDecoder(connection, parts.settings().limits().headerBytes()),
        new HttpResponseEncoder(),
        connection);
  }

  /** Tells the connection of bytes before they are decoded, or when they are not any more. */
  private static final class ByteWatch extends ChannelInboundHandlerAdapter {
    private final HttpConnection connection;

    ByteWatch(HttpConnection connection) {
      this.connection = connection;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      if (message instanceof ByteBuf bytes) {
        connection.bytesCame(bytes.readableBytes());
      }
      ctx.fireChannelRead(message);
    }
  }
}
