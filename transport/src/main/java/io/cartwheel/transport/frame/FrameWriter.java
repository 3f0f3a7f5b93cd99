package io.cartwheel.transport.frame;

import com.google.protobuf.CodedOutputStream;
import io.cartwheel.transport.wire.Peer;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOutboundBuffer;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Writes frames to a connection: those of one turn of its event loop are written together, at the
 * turn's end.
 *
 * <p>Bounded: what does not fit beside what waits already is not taken. Used on the connection's
 * event loop only.
 */
public final class FrameWriter {
  private static final int BATCH_BYTES = 64 << 10;
  private static final int FIRST_BYTES = 4 << 10;

  private final Channel channel;
  private final long limitBytes;
  private final FrameCounters counters;
  private final Runnable turnEnd = this::endTurn;

  private @Nullable ByteBuf batch;
  private boolean turnEndsLater;
  private long taken;

  /**
   * How far the connection has taken what was written: equal to an earlier one if nothing moved,
   * whatever was added behind.
   *
   * @param next names the buffer that is written next
   * @param leftBytes what is left of it
   */
  public record Progress(int next, int leftBytes) {}

  /**
   * A writer to a connection.
   *
   * @param limitBytes how much may wait; one larger frame is taken when nothing else does
   */
  public FrameWriter(Channel channel, long limitBytes, FrameCounters counters) {
    this.channel = channel;
    this.limitBytes = limitBytes;
    this.counters = counters;
  }

  /** How many frames were taken, to tell whether the connection is idle. */
  public long taken() {
    return taken;
  }

  /** What waits to be written, in bytes; 0 once the connection is closed. */
  public long waitingBytes() {
    ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
    long batched = batch == null ? 0 : batch.readableBytes();
    return buffer == null ? 0 : buffer.totalPendingWriteBytes() + batched;
  }

  /** How far what was taken has gone. */
  public Progress progress() {
    ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
    return buffer != null && buffer.current() instanceof ByteBuf next
        ? new Progress(System.identityHashCode(next), next.readableBytes())
        : new Progress(0, 0);
  }

  /**
   * Takes a frame.
   *
   * @return whether there was room; a closed connection takes what will never arrive
   */
  public boolean write(Peer.PeerFrame frame) {
    int size = Integer.BYTES + frame.getSerializedSize();
    long waiting = waitingBytes();
    if (waiting > 0 && waiting + size > limitBytes) {
      return false;
    }
    if (channel.isActive()) {
      append(frame, size);
    }
    return true;
  }

  /** Writes what was taken, then closes. */
  public void finish() {
    endTurn();
    channel.writeAndFlush(channel.alloc().buffer(0)).addListener(ChannelFutureListener.CLOSE);
  }

  /** Gives back what was taken but not written: for when the connection is closed. */
  public void discard() {
    if (batch != null) {
      batch.release();
      batch = null;
    }
  }

  private void append(Peer.PeerFrame frame, int size) {
    ByteBuf into = room(size);
    into.writeInt(size - Integer.BYTES);
    encode(frame, into, size - Integer.BYTES);
    taken++;
    counters.framesOut.increment();
    counters.bytesOut.add(size);
    if (into.readableBytes() >= BATCH_BYTES) {
      writeBatch();
      channel.flush();
    } else if (!turnEndsLater) {
      turnEndsLater = true;
      channel.eventLoop().execute(turnEnd);
    }
  }

  /** The batch with room for so many bytes more; a full one is written first. */
  private ByteBuf room(int size) {
    if (batch != null && batch.readableBytes() + size > BATCH_BYTES) {
      writeBatch();
    }
    if (batch == null) {
      batch = channel.alloc().directBuffer(Math.max(size, FIRST_BYTES));
    }
    return batch.ensureWritable(size);
  }

  private static void encode(Peer.PeerFrame frame, ByteBuf into, int size) {
    int at = into.writerIndex();
    try {
      var output = CodedOutputStream.newInstance(into.internalNioBuffer(at, size));
      frame.writeTo(output);
      output.flush();
    } catch (IOException e) {
      throw new IllegalStateException("a buffer of the frame's size takes the frame", e);
    }
    into.writerIndex(at + size);
  }

  private void endTurn() {
    turnEndsLater = false;
    if (writeBatch()) {
      channel.flush();
    }
  }

  private boolean writeBatch() {
    ByteBuf full = batch;
    if (full == null) {
      return false;
    }
    batch = null;
    channel.write(full, channel.voidPromise());
    return true;
  }
}
