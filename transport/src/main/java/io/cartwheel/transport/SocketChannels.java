package io.cartwheel.transport;

import io.netty.channel.EventLoop;
import io.netty.channel.IoEventLoop;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;

/**
 * The kinds of sockets that an event loop serves.
 *
 * @param connecting for connections
 * @param listening for accepting them
 */
public record SocketChannels(
    Class<? extends SocketChannel> connecting, Class<? extends ServerSocketChannel> listening) {
  private static final SocketChannels EPOLL =
      new SocketChannels(EpollSocketChannel.class, EpollServerSocketChannel.class);
  private static final SocketChannels NIO =
      new SocketChannels(NioSocketChannel.class, NioServerSocketChannel.class);

  /** Those that fit the loop, which must be one of epoll or NIO. */
  public static SocketChannels of(EventLoop loop) {
    if (loop instanceof IoEventLoop io) {
      if (io.isIoType(EpollIoHandler.class)) {
        return EPOLL;
      }
      if (io.isIoType(NioIoHandler.class)) {
        return NIO;
      }
    }
    throw new IllegalArgumentException("neither epoll nor NIO: " + loop.getClass().getName());
  }
}
