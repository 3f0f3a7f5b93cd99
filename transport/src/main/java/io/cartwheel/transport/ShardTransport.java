package io.cartwheel.transport;

import io.cartwheel.core.message.Message;
import io.cartwheel.core.port.Transport;
import io.cartwheel.core.ring.MemberId;
import io.netty.channel.EventLoop;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One shard's way to the other members; used on its event loop once it is open. */
final class ShardTransport implements Transport {
  private final int shard;
  private final EventLoop loop;
  private final Map<MemberId, PeerLinks> peers = new HashMap<>();
  private Transport.@Nullable Listener listener;

  ShardTransport(int shard, EventLoop loop) {
    this.shard = shard;
    this.loop = loop;
  }

  /** Begins: dials everybody. */
  void open(Wiring wiring, Transport.Listener hears) {
    listener = hears;
    var own = new PeerLinks.ShardWiring(wiring, shard, hears, new Dialler(wiring, shard));
    wiring
        .settings()
        .peers()
        .forEach((member, peer) -> peers.put(member, new PeerLinks(own, member, peer)));
    peers.values().forEach(PeerLinks::dialNow);
  }

  void close() {
    peers.values().forEach(PeerLinks::close);
  }

  @Override
  public void send(MemberId to, Message.Request request) {
    PeerLinks links = peers.get(to);
    if (links == null) {
      Transport.Listener hears = opened();
      loop.execute(() -> hears.unsent(to, request.id()));
    } else {
      links.send(request);
    }
  }

  @Override
  public boolean isConnected(MemberId member) {
    PeerLinks links = peers.get(member);
    return links != null && links.stand();
  }

  @Override
  public void dial(MemberId member) {
    PeerLinks links = peers.get(member);
    if (links == null) {
      Transport.Listener hears = opened();
      loop.execute(() -> hears.lost(member));
    } else {
      links.dialNow();
    }
  }

  private Transport.Listener opened() {
    if (listener == null) {
      throw new IllegalStateException("the network was not started");
    }
    return listener;
  }
}
