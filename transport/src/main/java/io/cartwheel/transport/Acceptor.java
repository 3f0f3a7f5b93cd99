package io.cartwheel.transport;

import io.cartwheel.core.ring.MemberId;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens for peers, and knows the links that they made. */
final class Acceptor {
  private static final Logger LOG = LoggerFactory.getLogger(PeerNetwork.class);
  private static final int BACKLOG = 1024;

  private final Wiring wiring;
  private final HandshakeRules rules;
  private final RequestRouter router;
  private final AtomicInteger connections = new AtomicInteger();
  private final ConcurrentHashMap<LinkName, IncomingLink> links = new ConcurrentHashMap<>();

  /** One link of one peer. */
  private record LinkName(MemberId member, int number) {}

  Acceptor(Wiring wiring, Inbound inbound) {
    this.wiring = wiring;
    rules = new HandshakeRules(wiring.settings(), wiring.loops().size());
    router = new RequestRouter(wiring, inbound);
  }

  HandshakeRules rules() {
    return rules;
  }

  /** Binds, without accepting anybody before the channel is told to read. */
  ChannelFuture bind() {
    EventLoop loop = wiring.loops().getFirst();
    return new ServerBootstrap()
        .group(loop)
        .channel(SocketChannels.of(loop).listening())
        .option(ChannelOption.SO_BACKLOG, BACKLOG)
        .option(ChannelOption.SO_REUSEADDR, true)
        .option(ChannelOption.AUTO_READ, false)
        .childOption(ChannelOption.TCP_NODELAY, true)
        .childOption(ChannelOption.SO_KEEPALIVE, true)
        .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, waterMark())
        .childHandler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel channel) {
                receive(channel);
              }
            })
        .bind(wiring.settings().bind());
  }

  private WriteBufferWaterMark waterMark() {
    int limit = wiring.settings().limits().outboundBytes();
    return new WriteBufferWaterMark(limit / 8, limit / 4);
  }

  private void receive(Channel channel) {
    int open = connections.incrementAndGet();
    channel.closeFuture().addListener(_ -> connections.decrementAndGet());
    if (open > wiring.settings().limits().incomingConnections()) {
      wiring.counters().handshakesRefused.increment();
      wiring.noise().warn(LOG, "closed {}: too many connections", channel.remoteAddress());
      channel.close();
      return;
    }
    wiring.channels().add(channel);
    Line line = Line.over(channel, wiring);
    line.open(new Reception(this, wiring, line));
  }

  /**
   * Knows a link that was let in. A link of the same name is closed: its peer dialled anew, so that
   * one is dead or about to be.
   */
  IncomingLink admit(Line line, int number, IncomingLink.End end) {
    var name = new LinkName(end.member(), number);
    var link = new IncomingLink(wiring, line, end, router, ended -> links.remove(name, ended));
    IncomingLink older = links.put(name, link);
    if (older != null) {
      older.close("dialled anew");
    }
    return link;
  }
}
