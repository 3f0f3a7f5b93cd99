package io.cartwheel.transport;

import io.netty.channel.EventLoop;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.FastThreadLocalThread;
import io.netty.util.concurrent.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The event loops of a node, one thread for each of its shards. */
public final class ShardLoops implements AutoCloseable {
  private final IoEventLoopGroup group;
  private final List<EventLoop> loops;

  private ShardLoops(int shards, String threadName, IoHandlerFactory io) {
    group = new MultiThreadIoEventLoopGroup(shards, named(threadName), io);
    var each = new ArrayList<EventLoop>(shards);
    group.forEach(loop -> each.add((EventLoop) loop));
    loops = List.copyOf(each);
  }

  /**
   * Loops over epoll where there is one, else over NIO.
   *
   * @param threadName threads are named after it and their shard: {@code name-0}
   */
  public static ShardLoops start(int shards, String threadName) {
    return Epoll.isAvailable()
        ? new ShardLoops(shards, threadName, EpollIoHandler.newFactory())
        : onNio(shards, threadName);
  }

  /** Loops over NIO, which every system has. */
  public static ShardLoops onNio(int shards, String threadName) {
    return new ShardLoops(shards, threadName, NioIoHandler.newFactory());
  }

  /** One loop per shard, in their order. */
  public List<EventLoop> loops() {
    return loops;
  }

  public EventLoop loop(int shard) {
    return loops.get(shard);
  }

  /** All loops as a group, for servers of other protocols. */
  public IoEventLoopGroup group() {
    return group;
  }

  /** Ends the loops once what is queued has run; the future hears when all threads are gone. */
  public Future<?> shutdown() {
    return group.shutdownGracefully(0, 5, TimeUnit.SECONDS);
  }

  /** {@link #shutdown} and wait; not to be called on a shard's thread. */
  @Override
  public void close() {
    shutdown().awaitUninterruptibly();
  }

  private static ThreadFactory named(String threadName) {
    var next = new AtomicInteger();
    return task -> new FastThreadLocalThread(task, threadName + "-" + next.getAndIncrement());
  }
}
