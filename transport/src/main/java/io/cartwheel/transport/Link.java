package io.cartwheel.transport;

import io.cartwheel.core.item.MalformedException;
import io.cartwheel.core.message.Message;
import io.cartwheel.core.ring.MemberId;
import io.cartwheel.transport.frame.Frame;
import io.cartwheel.transport.frame.FrameDecoder;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection that stands, on the event loop of the shard whose end it is. */
abstract class Link extends ChannelInboundHandlerAdapter implements Heartbeat.Listener {
  private static final Logger LOG = LoggerFactory.getLogger(PeerNetwork.class);

  final Wiring wiring;
  final MemberId member;
  final Line line;
  private final Heartbeat heartbeat;
  private String ending = "closed by the peer";
  private boolean closing;

  Link(Wiring wiring, MemberId member, Line line) {
    this.wiring = wiring;
    this.member = member;
    this.line = line;
    heartbeat = new Heartbeat(line, wiring.settings().timing(), this);
  }

  /** The peer said something. */
  abstract void heard(Message message, int frameBytes) throws MalformedException;

  /** The link is gone: heard once. */
  abstract void ended(String reason);

  /** Closes from this side; {@link #ended} hears the reason later, not from within the call. */
  final void close(String reason) {
    if (!closing) {
      closing = true;
      ending = reason;
      line.channel().close();
    }
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    heartbeat.start();
  }

  @Override
  public final void channelRead(ChannelHandlerContext ctx, Object message)
      throws MalformedException {
    var frame = (byte[]) message;
    switch (FrameDecoder.decode(frame)) {
      case Frame.Said(Message said) -> heard(said, frame.length);
      case Frame.Pinged _ -> {}
      case Frame.Unknown _ -> wiring.counters().ignored.increment();
      case Frame.Greeted _, Frame.Welcomed _, Frame.Rejected _ ->
          throw new MalformedException("a second handshake");
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    closing = true;
    heartbeat.stop();
    line.writer().discard();
    ended(ending);
  }

  @Override
  public final void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    switch (cause) {
      case MalformedException malformed -> {
        String reason = String.valueOf(malformed.getMessage());
        wiring.counters().malformed.increment();
        wiring.noise().warn(LOG, "closing a connection with {}: {}", member, reason);
        close(reason);
      }
      case IOException failed -> close(String.valueOf(failed.getMessage()));
      default -> {
        LOG.error("closing a connection with {} for an error of our own", member, cause);
        close("an error of our own");
      }
    }
  }

  @Override
  public void beat() {}

  @Override
  public final void silent(String reason) {
    close(reason);
  }
}
