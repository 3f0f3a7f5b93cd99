package io.cartwheel.transport;

import io.cartwheel.core.item.MalformedException;
import io.cartwheel.core.ring.MemberId;
import io.cartwheel.transport.frame.Frame;
import io.cartwheel.transport.frame.FrameDecoder;
import io.cartwheel.transport.wire.Peer;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives one stranger: hears its hello, then refuses it or brings it to the shard of its link.
 *
 * <p>Connections are accepted on one event loop, for only the hello tells whose they are. A
 * stranger that was let in is taken off that loop and registered with its shard's, unread, and is
 * welcomed there.
 */
final class Reception extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(PeerNetwork.class);

  private final Acceptor acceptor;
  private final Wiring wiring;
  private final Line line;
  private @Nullable ScheduledFuture<?> deadline;
  private boolean decided;

  Reception(Acceptor acceptor, Wiring wiring, Line line) {
    this.acceptor = acceptor;
    this.wiring = wiring;
    this.line = line;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    long nanos = wiring.settings().timing().handshake().toNanos();
    EventLoop loop = ctx.channel().eventLoop();
    deadline = loop.schedule(this::tooLate, nanos, TimeUnit.NANOSECONDS);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) throws MalformedException {
    if (decided) {
      line.channel().close();
      return;
    }
    switch (FrameDecoder.decode((byte[]) message)) {
      case Frame.Greeted(Peer.Hello hello) -> greeted(hello);
      case Frame.Said _, Frame.Welcomed _, Frame.Rejected _, Frame.Pinged _, Frame.Unknown _ ->
          turnAway("its first words were no hello");
    }
  }

  private void greeted(Peer.Hello hello) {
    Optional<Peer.Rejection> objection = acceptor.rules().objection(hello);
    if (objection.isPresent()) {
      Peer.Rejection rejection = objection.get();
      decided = true;
      wiring.counters().handshakesRefused.increment();
      wiring
          .noise()
          .warn(
              LOG,
              "refused {} from {}: {}: {}",
              HandshakeRules.printable(hello.getName()),
              line.channel().remoteAddress(),
              rejection.getReason(),
              rejection.getExplanation());
      line.writer().write(Peer.PeerFrame.newBuilder().setRejection(rejection).build());
      line.writer().finish();
      return;
    }
    decided = true;
    line.channel().config().setAutoRead(false);
    moveTo(hello.getLink() & (wiring.loops().size() - 1), hello);
  }

  private void moveTo(int shard, Peer.Hello hello) {
    Channel channel = line.channel();
    EventLoop home = wiring.loops().get(shard);
    if (channel.eventLoop() == home) {
      // Not at once: whoever goes on talking before its welcome is noticed first.
      home.execute(() -> welcome(shard, hello));
      return;
    }
    channel
        .deregister()
        .addListener((Future<Void> left) ->
            home.register(channel)
                .addListener((ChannelFuture arrived) -> arrived(arrived, shard, hello)));
  }

  private void arrived(ChannelFuture arrived, int shard, Peer.Hello hello) {
    if (arrived.isSuccess()) {
      welcome(shard, hello);
    } else {
      line.channel().close();
    }
  }

  private void welcome(int shard, Peer.Hello hello) {
    if (!line.channel().isActive()) {
      return;
    }
    var member = new MemberId(hello.getMemberId());
    Acquaintances acquaintances = wiring.acquaintances();
    boolean metBefore = acquaintances.metBefore(member, hello.getDirectory());
    Peer.Welcome welcome = acceptor.rules().welcome(acquaintances.established(), metBefore);
    acquaintances.met(
        member,
        new Acquaintances.Greeting(
            hello.getName(),
            hello.getDirectory(),
            hello.getShards(),
            hello.getEstablished(),
            Optional.empty()));
    stopClock();
    int frameBytes = acceptor.rules().frameBytes(hello.getMaxFrameBytes());
    IncomingLink link =
        acceptor.admit(line, hello.getLink(), new IncomingLink.End(member, shard, frameBytes));
    line.handOver(this, link, wiring.settings().limits().frameBytes());
    line.writer().write(Peer.PeerFrame.newBuilder().setWelcome(welcome).build());
    line.channel().config().setAutoRead(true);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    stopClock();
    line.writer().discard();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof MalformedException) {
      wiring.counters().malformed.increment();
    }
    turnAway(
        cause instanceof MalformedException
            ? String.valueOf(cause.getMessage())
            : cause.toString());
  }

  private void turnAway(String reason) {
    if (!decided) {
      wiring.counters().handshakesRefused.increment();
      wiring.noise().warn(LOG, "closed {}: {}", line.channel().remoteAddress(), reason);
    }
    decided = true;
    line.channel().close();
  }

  /** Also closes whom we could not welcome in time for reasons of our own. */
  private void tooLate() {
    if (decided) {
      line.channel().close();
    } else {
      turnAway("no hello in time");
    }
  }

  private void stopClock() {
    if (deadline != null) {
      deadline.cancel(false);
    }
  }
}
