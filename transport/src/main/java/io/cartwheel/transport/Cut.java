package io.cartwheel.transport;

import io.cartwheel.core.ring.MemberId;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.util.ReferenceCountUtil;
import java.util.Set;
import java.util.TreeSet;

/**
 * The members that this node's own links do not reach, as if the network between lost every packet:
 * for trials with nodes in one process, where no firewall comes between them.
 */
final class Cut {
  private volatile Set<MemberId> members = Set.of();

  /** From now on exactly these are cut off; links that lost bytes meanwhile end. */
  void off(Set<MemberId> unreachable) {
    members = new TreeSet<>(unreachable);
  }

  boolean isOff(MemberId member) {
    Set<MemberId> now = members;
    return !now.isEmpty() && now.contains(member);
  }

  /** What stands on a link to the member, nearest to the socket. */
  final class Gate extends ChannelDuplexHandler {
    private final MemberId member;

    /** Bytes were lost: the stream can't go on where it was. */
    private boolean torn;

    Gate(MemberId member) {
      this.member = member;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      if (passes(ctx)) {
        ctx.fireChannelRead(message);
      } else {
        ReferenceCountUtil.release(message);
      }
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
      if (passes(ctx)) {
        ctx.write(message, promise);
      } else {
        ReferenceCountUtil.release(message);
        promise.trySuccess();
      }
    }

    private boolean passes(ChannelHandlerContext ctx) {
      boolean off = isOff(member);
      if (torn && !off) {
        ctx.close();
      }
      torn |= off;
      return !torn;
    }
  }
}
