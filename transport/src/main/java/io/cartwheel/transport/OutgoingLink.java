package io.cartwheel.transport;

import io.cartwheel.core.item.MalformedException;
import io.cartwheel.core.message.Message;
import io.cartwheel.transport.wire.Peer;
import io.netty.channel.ChannelHandlerContext;

/** A link that this shard dialled: requests go out, replies come in. */
final class OutgoingLink extends Link {
  private final int number;
  private final int peerFrameBytes;
  private final LinkOwner owner;

  OutgoingLink(Wiring wiring, DialTarget target, Line line, int peerFrameBytes) {
    super(wiring, target.member(), line);
    number = target.number();
    owner = target.owner();
    this.peerFrameBytes = peerFrameBytes;
  }

  /** The link's number among those of its pair of nodes. */
  int number() {
    return number;
  }

  /**
   * Sends a request.
   *
   * @return whether it was taken; not if it is too large for the peer or too much waits
   */
  boolean send(Peer.PeerFrame request) {
    return request.getSerializedSize() <= peerFrameBytes && line.writer().write(request);
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    super.handlerAdded(ctx);
    wiring.counters().outgoing.increment();
  }

  @Override
  void heard(Message message, int frameBytes) throws MalformedException {
    switch (message) {
      case Message.Reply reply -> owner.replied(reply);
      case Message.Request _ -> throw new MalformedException("a request where replies go");
    }
  }

  @Override
  void ended(String reason) {
    wiring.counters().outgoing.decrement();
    owner.broke(this, reason);
  }
}
