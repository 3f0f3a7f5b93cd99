package io.cartwheel.transport;

import io.cartwheel.core.port.Transport;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * A node's connections with its peers: accepts theirs, dials its own.
 *
 * <p>Order of use: make it, give each shard its {@link #transport}, {@link #start} with what hears
 * of it all, {@link #close}. The event loops belong to whoever gave them.
 */
public final class PeerNetwork {
  /**
   * Prepares; nothing is bound or dialled yet.
   *
   * @param loops one per shard, in their order; a power of two of them
   */
  public PeerNetwork(NetworkSettings settings, List<EventLoop> loops) {
    throw new UnsupportedOperationException(settings.toString() + loops);
  }

  /** The shard's way to the other members: the same object each time. */
  public Transport transport(int shard) {
    throw new UnsupportedOperationException("shard " + shard);
  }

  /**
   * Listens, and dials all peers.
   *
   * @param listeners one per shard, in their order, each called on its shard's event loop
   * @return the address bound; fails with an {@link java.io.IOException} if it can't be
   */
  public CompletionStage<InetSocketAddress> start(
      Inbound inbound, Acquaintances acquaintances, List<Transport.Listener> listeners) {
    throw new UnsupportedOperationException("" + inbound + acquaintances + listeners);
  }

  /** What went over the network so far. */
  public Traffic traffic() {
    throw new UnsupportedOperationException();
  }

  /** Stops listening and closes all connections, without telling the listeners. */
  public CompletionStage<Void> close() {
    throw new UnsupportedOperationException();
  }
}
