package io.cartwheel.transport.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.item.ItemKey;
import io.cartwheel.core.message.Message;
import io.cartwheel.core.version.Content;
import io.cartwheel.core.version.Description;
import io.cartwheel.core.version.Dot;
import io.cartwheel.core.version.Epoch;
import io.cartwheel.core.version.Sibling;
import io.cartwheel.core.version.VersionSet;
import io.cartwheel.core.version.VersionVector;
import io.cartwheel.transport.wire.Peer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FrameWriterTest {
  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final FrameWriter writer = new FrameWriter(channel, 1 << 20, new FrameCounters());

  @AfterEach
  void release() {
    writer.discard();
    channel.finishAndReleaseAll();
  }

  @Test
  void writesAllFramesOfATurnAtOnceAtItsEnd() {
    List<byte[]> frames = new ArrayList<>();
    channel
        .eventLoop()
        .execute(() -> {
          for (int id = 0; id < 500; id++) {
            Peer.PeerFrame frame = put(id, 20);
            frames.add(frame.toByteArray());
            assertThat(writer.write(frame)).isTrue();
          }
          assertThat(channel.outboundMessages()).isEmpty();
        });
    channel.runPendingTasks();
    assertThat(channel.outboundMessages()).hasSize(1);
    assertThat(framesOut()).containsExactlyElementsOf(frames);
    assertThat(writer.waitingBytes()).isZero();
  }

  @Test
  void keepsTheOrderOfSmallAndLargeFrames() {
    List<byte[]> frames = new ArrayList<>();
    for (int id = 0; id < 40; id++) {
      Peer.PeerFrame frame = put(id, id % 3 == 0 ? 90_000 : id * 100);
      frames.add(frame.toByteArray());
      assertThat(writer.write(frame)).isTrue();
    }
    channel.runPendingTasks();
    assertThat(framesOut()).containsExactlyElementsOf(frames);
  }

  @Test
  void takesNoMoreThanItsLimitOfWhatWaits() {
    var clogged = new CloggedChannel();
    var bounded = new FrameWriter(clogged, 1 << 20, new FrameCounters());
    int taken = 0;
    while (bounded.write(put(taken, 10_000))) {
      taken++;
    }
    assertThat(taken).isBetween(90, 105);
    assertThat(bounded.waitingBytes()).isBetween(900_000L, 1L << 20);
    bounded.discard();
    assertThatThrownBy(clogged::finishAndReleaseAll).isInstanceOf(ClosedChannelException.class);
  }

  @Test
  void takesOneFrameBeyondItsLimitAlone() {
    assertThat(writer.write(put(1, 2 << 20))).isTrue();
    channel.runPendingTasks();
    assertThat(framesOut()).hasSize(1);
  }

  @Test
  void aClosedChannelTakesAndDrops() {
    channel.close();
    assertThat(writer.write(put(1, 10))).isTrue();
    assertThat(writer.waitingBytes()).isZero();
  }

  /** Never writes anything to its other side. */
  private static final class CloggedChannel extends EmbeddedChannel {
    @Override
    protected void doWrite(io.netty.channel.ChannelOutboundBuffer in) {}
  }

  private List<byte[]> framesOut() {
    ByteBuf all = Unpooled.buffer();
    for (ByteBuf next = channel.readOutbound(); next != null; next = channel.readOutbound()) {
      all.writeBytes(next);
      next.release();
    }
    var frames = new ArrayList<byte[]>();
    while (all.isReadable()) {
      var frame = new byte[all.readInt()];
      all.readBytes(frame);
      frames.add(frame);
    }
    all.release();
    return frames;
  }

  private static Peer.PeerFrame put(long id, int bytes) {
    Content content = Content.value(Bytes.wrap(new byte[bytes]), Description.NONE, 1, Bytes.EMPTY);
    var written = new Sibling(new Dot(new Epoch(1, 1), 1), content);
    VersionSet state = VersionSet.EMPTY.update(VersionVector.EMPTY, written);
    return FrameEncoder.encode(
        new Message.ReplicaPut(id, ItemKey.of("b", "key-" + id), 1, state, List.of(), 0, 100));
  }
}
