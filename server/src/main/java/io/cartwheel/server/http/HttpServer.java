package io.cartwheel.server.http;

import io.cartwheel.server.config.HostPort;
import io.cartwheel.transport.SocketChannels;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * HTTP on a node's event loops.
 *
 * <p>Stopping: {@link #stopAccepting}, {@link #awaitRequests}, {@link #close}; none of them on an
 * event loop.
 */
public final class HttpServer implements AutoCloseable {
  private static final int BACKLOG = 1024;
  private static final long LOOK_MILLIS = 10;

  private final ServerParts parts;
  private final Channel listening;
  private final ChannelGroup connections;

  private HttpServer(ServerParts parts, Channel listening, ChannelGroup connections) {
    this.parts = parts;
    this.listening = listening;
    this.connections = connections;
  }

  /**
   * Listens; waits until that is so.
   *
   * @param loops where connections live; they stay open when the server closes
   * @throws IOException when the address can't be bound; the message names it
   */
  public static HttpServer bind(HttpSettings settings, IoEventLoopGroup loops, HttpNode node)
      throws IOException {
    ServerParts parts = ServerParts.of(settings, node);
    var connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
    ChannelFuture bound =
        new ServerBootstrap()
            .group(loops)
            .channel(SocketChannels.of((EventLoop) loops.next()).listening())
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(new ConnectionSetup(parts, connections))
            .bind(settings.address().resolved())
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new IOException(
          "can't serve HTTP at " + settings.address() + ": " + bound.cause().getMessage(),
          bound.cause());
    }
    return new HttpServer(parts, bound.channel(), connections);
  }

  /** The address bound, with its true port. */
  public HostPort address() {
    return HostPort.of((InetSocketAddress) listening.localAddress());
  }

  public int port() {
    return address().port();
  }

  /** Takes no more connections, and lets each end with its present request. */
  public void stopAccepting() {
    parts.closing().begin();
    listening.close().awaitUninterruptibly();
  }

  /** Waits until no request is under way, but no longer than this; whether it came so. */
  public boolean awaitRequests(Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (parts.requests().used() > 0) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      Thread.sleep(LOOK_MILLIS);
    }
    return true;
  }

  /** Closes all connections; without effect the second time. */
  @Override
  public void close() {
    parts.closing().begin();
    listening.close().awaitUninterruptibly();
    connections.close().awaitUninterruptibly();
  }
}
