package io.cartwheel.server.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.flush.FlushConsolidationHandler;

/** Sets up each accepted connection, or closes it when there are too many. */
final class ConnectionSetup extends ChannelInitializer<SocketChannel> {
  /** A path of type, bucket and key with every byte escaped, and as much again for a query. */
  private static final int MAX_LINE_BYTES = 10 << 10;

  private static final int CHUNK_BYTES = 64 << 10;
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
    var connection = new HttpConnection(parts);
    channel
        .pipeline()
        .addLast(
            new FlushConsolidationHandler(FLUSH_AT_LEAST_EVERY),
            new ByteWatch(connection),
            new HttpRequestDecoder(
                new HttpDecoderConfig()
                    .setMaxInitialLineLength(MAX_LINE_BYTES)
                    .setMaxHeaderSize(parts.settings().limits().headerBytes())
                    .setMaxChunkSize(CHUNK_BYTES)),
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
