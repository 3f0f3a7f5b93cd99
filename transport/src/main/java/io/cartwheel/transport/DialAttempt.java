package io.cartwheel.transport;

import io.cartwheel.core.item.MalformedException;
import io.cartwheel.transport.frame.Frame;
import io.cartwheel.transport.frame.FrameDecoder;
import io.cartwheel.transport.wire.Peer;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One try to have a link: from the first packet to the welcome. Its owner hears of the end exactly
 * once, unless the attempt was given up.
 */
final class DialAttempt extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(PeerNetwork.class);

  private final Wiring wiring;
  private final HandshakeRules rules;
  private final DialTarget target;
  private final EventLoop loop;

  private @Nullable Line line;
  private @Nullable ScheduledFuture<?> deadline;
  private boolean over;

  DialAttempt(Wiring wiring, HandshakeRules rules, DialTarget target, EventLoop loop) {
    this.wiring = wiring;
    this.rules = rules;
    this.target = target;
    this.loop = loop;
  }

  DialTarget target() {
    return target;
  }

  /** The channel was made; it is not yet connected. */
  void over(Channel channel) {
    wiring.channels().add(channel);
    channel.pipeline().addFirst(wiring.cut().new Gate(target.member()));
    line = Line.over(channel, wiring);
    line.open(this);
  }

  /** Fails the attempt unless the next step is reached in time. */
  void within(Duration time, String step) {
    stopClock();
    deadline = loop.schedule(() -> fail(step), time.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Gives up; the owner hears no more of it. */
  void giveUp() {
    end();
    closeLine();
  }

  void fail(String reason) {
    if (!over) {
      end();
      closeLine();
      wiring.counters().dialsFailed.increment();
      target.owner().failed(this, reason);
    }
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    within(wiring.settings().timing().handshake(), "no answer to our hello");
    Peer.Hello hello = rules.hello(target, wiring.acquaintances().established());
    opened().writer().write(Peer.PeerFrame.newBuilder().setHello(hello).build());
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) throws MalformedException {
    if (over) {
      return;
    }
    switch (FrameDecoder.decode((byte[]) message)) {
      case Frame.Welcomed(Peer.Welcome welcome) -> welcomed(welcome);
      case Frame.Rejected(Peer.Rejection rejection) ->
          fail(
              "refused, %s: %s"
                  .formatted(
                      rejection.getReason(), HandshakeRules.printable(rejection.getExplanation())));
      case Frame.Said _, Frame.Greeted _, Frame.Pinged _, Frame.Unknown _ ->
          fail("it answered our hello with something else");
    }
  }

  private void welcomed(Peer.Welcome welcome) {
    Optional<String> objection = rules.objection(target, welcome);
    if (objection.isPresent()) {
      fail(objection.get());
      return;
    }
    var greeting =
        new Acquaintances.Greeting(
            welcome.getName(),
            welcome.getDirectory(),
            welcome.getShards(),
            welcome.getEstablished(),
            Optional.of(welcome.getMetBefore()));
    wiring.acquaintances().met(target.member(), greeting);
    end();
    int frameBytes = rules.frameBytes(welcome.getMaxFrameBytes());
    var link = new OutgoingLink(wiring, target, opened(), frameBytes);
    opened().handOver(this, link, wiring.settings().limits().frameBytes());
    target.owner().stood(link, welcome);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    opened().writer().discard();
    fail("closed during the handshake");
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    switch (cause) {
      case MalformedException malformed -> fail("malformed: " + malformed.getMessage());
      case IOException broken -> fail(String.valueOf(broken.getMessage()));
      default -> {
        LOG.error("an error of our own in a handshake with {}", target.member(), cause);
        fail("an error of our own");
      }
    }
  }

  private void end() {
    over = true;
    stopClock();
  }

  private void stopClock() {
    if (deadline != null) {
      deadline.cancel(false);
      deadline = null;
    }
  }

  private void closeLine() {
    if (line != null) {
      line.channel().close();
    }
  }

  private Line opened() {
    if (line == null) {
      throw new IllegalStateException("no channel yet");
    }
    return line;
  }
}
