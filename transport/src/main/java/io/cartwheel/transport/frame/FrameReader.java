package io.cartwheel.transport.frame;

import io.cartwheel.core.item.MalformedException;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * Cuts a connection's bytes into frames and passes each on as an array of its own.
 *
 * <p>A length beyond the cap is refused before anything is allocated; a frame's array grows with
 * what has come of it, so that a claim costs the claimant as much as us. The last handler hears of
 * a violation as a {@link MalformedException}; whatever follows one is dropped.
 */
public final class FrameReader extends ChannelInboundHandlerAdapter {
  private static final int FIRST_BYTES = 64 << 10;

  /** A frame may take so long, and a second for each so many bytes of it. */
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

  private static final long LEAST_BYTES_PER_SECOND = 64 << 10;

  private final FrameCounters counters;
  private int cap;
  private boolean violated;
  private long heard;

  /** How much of the length has come, and what of it. */
  private int lengthBytes;

  private int length;
  private byte[] frame = {};
  private int filled;
  private boolean incomplete;
  private long beganNanos;

  public FrameReader(int cap, FrameCounters counters) {
    this.cap = cap;
    this.counters = counters;
  }

  /** From the next frame on, lengths to this one are taken. */
  public void raiseCap(int higher) {
    cap = higher;
  }

  /** How many times anything has come, to tell whether the peer is alive. */
  public long heard() {
    return heard;
  }

  /** Whether the frame that is coming has been coming for too long: it takes room all the while. */
  public boolean isTooSlow(long nowNanos) {
    long forBytes = TimeUnit.SECONDS.toNanos(filled / LEAST_BYTES_PER_SECOND);
    return incomplete && nowNanos - beganNanos > PATIENCE_NANOS + forBytes;
  }

  /** Nothing was read for a while, so that the frame could not come. */
  public void excuse(long nowNanos) {
    beganNanos = nowNanos;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    var bytes = (ByteBuf) message;
    try {
      heard++;
      counters.bytesIn.add(bytes.readableBytes());
      while (bytes.isReadable() && !violated && ctx.channel().isActive()) {
        if (lengthBytes < Integer.BYTES) {
          readLength(ctx, bytes);
        } else {
          readFrame(ctx, bytes);
        }
      }
    } finally {
      bytes.release();
    }
  }

  private void readLength(ChannelHandlerContext ctx, ByteBuf bytes) {
    if (lengthBytes == 0 && bytes.readableBytes() >= Integer.BYTES) {
      length = bytes.readInt();
      lengthBytes = Integer.BYTES;
    } else {
      length = length << Byte.SIZE | bytes.readUnsignedByte();
      if (++lengthBytes < Integer.BYTES) {
        return;
      }
    }
    if (length < 0 || length > cap) {
      String claimed = Integer.toUnsignedString(length);
      violate(ctx, "a frame of " + claimed + " bytes where " + cap + " are the most");
    } else if (length == 0) {
      violate(ctx, "an empty frame");
    } else {
      frame = new byte[Math.min(length, Math.max(bytes.readableBytes(), FIRST_BYTES))];
    }
  }

  private void readFrame(ChannelHandlerContext ctx, ByteBuf bytes) {
    int some = Math.min(bytes.readableBytes(), length - filled);
    if (some > frame.length - filled) {
      long doubled = Math.max(frame.length * 2L, filled + some);
      frame = Arrays.copyOf(frame, (int) Math.min(length, doubled));
    }
    bytes.readBytes(frame, filled, some);
    filled += some;
    if (filled < length && !incomplete) {
      incomplete = true;
      beganNanos = System.nanoTime();
    } else if (filled == length) {
      incomplete = false;
      byte[] whole = frame;
      frame = new byte[0];
      filled = 0;
      length = 0;
      lengthBytes = 0;
      counters.framesIn.increment();
      ctx.fireChannelRead(whole);
    }
  }

  private void violate(ChannelHandlerContext ctx, String reason) {
    violated = true;
    ctx.fireExceptionCaught(new MalformedException(reason));
  }
}
