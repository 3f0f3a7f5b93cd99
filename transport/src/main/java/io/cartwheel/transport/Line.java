package io.cartwheel.transport;

import io.cartwheel.transport.frame.FrameReader;
import io.cartwheel.transport.frame.FrameWriter;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;

/** A connection with what reads frames from it and what writes frames to it. */
record Line(Channel channel, FrameReader reader, FrameWriter writer) {
  /** The largest frame taken from somebody who has not yet shown who they are. */
  static final int STRANGER_FRAME_BYTES = 4096;

  static Line over(Channel channel, Wiring wiring) {
    var counters = wiring.counters().frames;
    return new Line(
        channel,
        new FrameReader(STRANGER_FRAME_BYTES, counters),
        new FrameWriter(channel, wiring.settings().limits().outboundBytes(), counters));
  }

  /** Gives the frames to a handler, which is to be the last. */
  void open(ChannelHandler handler) {
    channel.pipeline().addLast(reader, handler);
  }

  /** Gives the frames to another handler, and from now on takes large ones. */
  void handOver(ChannelHandler from, ChannelHandler to, int frameBytes) {
    reader.raiseCap(frameBytes);
    channel.pipeline().replace(from, null, to);
  }
}
