package io.cartwheel.transport;

import io.cartwheel.core.port.Transport;
import io.cartwheel.core.ring.MemberId;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;

/**
 * A node's connections with its peers: accepts theirs, dials its own.
 *
 * <p>Order of use: make it, give each shard its {@link #transport}, {@link #start} with what hears
 * of it all, {@link #close}. The event loops belong to whoever gave them.
 */
public final class PeerNetwork {
  private final NetworkSettings settings;
  private final List<EventLoop> loops;
  private final List<ShardTransport> transports = new ArrayList<>();
  private final NetworkCounters counters = new NetworkCounters();
  private final Cut cut = new Cut();
  private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);

  /**
   * Prepares; nothing is bound or dialled yet.
   *
   * @param loops one per shard, in their order; a power of two of them
   */
  public PeerNetwork(NetworkSettings settings, List<EventLoop> loops) {
    if (loops.isEmpty() || Integer.bitCount(loops.size()) != 1) {
      throw new IllegalArgumentException(loops.size() + " shards: not a power of two");
    }
    this.settings = settings;
    this.loops = List.copyOf(loops);
    for (int shard = 0; shard < loops.size(); shard++) {
      transports.add(new ShardTransport(shard, loops.get(shard)));
    }
  }

  /** The shard's way to the other members: the same object each time. */
  public Transport transport(int shard) {
    return transports.get(shard);
  }

  /**
   * Listens, and dials all peers.
   *
   * @param listeners one per shard, in their order, each called on its shard's event loop
   * @return the address bound; fails with an {@link IOException} if it can't be
   */
  public CompletionStage<InetSocketAddress> start(
      Inbound inbound, Acquaintances acquaintances, List<Transport.Listener> listeners) {
    if (listeners.size() != loops.size()) {
      throw new IllegalArgumentException("one listener per shard");
    }
    var wiring =
        new Wiring(
            settings,
            loops,
            channels,
            counters,
            acquaintances,
            new DialLog(),
            new LogLimiter(),
            cut);
    var bound = new CompletableFuture<Channel>();
    new Acceptor(wiring, inbound)
        .bind()
        .addListener((ChannelFuture binding) -> bound(binding, bound));
    return bound.thenCompose(server ->
        open(wiring, listeners)
            .thenApply(_ -> {
              server.config().setAutoRead(true);
              return (InetSocketAddress) server.localAddress();
            }));
  }

  /**
   * Loses, from now on, all that goes over this node's own links to exactly these members, and
   * nothing any more once the set is empty. For trials: their links to this node are theirs to cut.
   */
  public void cutOff(Set<MemberId> unreachable) {
    cut.off(unreachable);
  }

  /** What went over the network so far. */
  public Traffic traffic() {
    return counters.snapshot();
  }

  /**
   * Stops listening and closes all connections, without telling the listeners. What is sent later
   * is told to be unsent. A loop that ends meanwhile has closed its own connections.
   */
  public CompletionStage<Void> close() {
    var closed = new CompletableFuture<Void>();
    onEachLoop(shard -> transports.get(shard).close())
        .whenComplete((_, _) -> channels.close().addListener(_ -> closed.complete(null)));
    // Channels tell of their end on their own loop, so nobody hears of those whose loop is gone.
    loopsEnded().thenRun(() -> closed.complete(null));
    return closed;
  }

  private CompletableFuture<Void> loopsEnded() {
    var ended = new CompletableFuture<?>[loops.size()];
    for (int i = 0; i < ended.length; i++) {
      var one = new CompletableFuture<Void>();
      loops.get(i).terminationFuture().addListener(_ -> one.complete(null));
      ended[i] = one;
    }
    return CompletableFuture.allOf(ended);
  }

  private void bound(ChannelFuture binding, CompletableFuture<Channel> bound) {
    if (binding.isSuccess()) {
      channels.add(binding.channel());
      bound.complete(binding.channel());
    } else {
      bound.completeExceptionally(
          new IOException("cannot listen on " + settings.bind(), binding.cause()));
    }
  }

  private CompletableFuture<Void> open(Wiring wiring, List<Transport.Listener> listeners) {
    return onEachLoop(shard -> transports.get(shard).open(wiring, listeners.get(shard)));
  }

  /** Does something for each shard on its loop; a loop that has ended has nothing left to do. */
  private CompletableFuture<Void> onEachLoop(java.util.function.IntConsumer work) {
    var done = new CompletableFuture<?>[loops.size()];
    for (int i = 0; i < done.length; i++) {
      int shard = i;
      try {
        done[i] = CompletableFuture.runAsync(() -> work.accept(shard), loops.get(i));
      } catch (RejectedExecutionException e) {
        done[i] = CompletableFuture.completedFuture(null);
      }
    }
    return CompletableFuture.allOf(done);
  }
}
