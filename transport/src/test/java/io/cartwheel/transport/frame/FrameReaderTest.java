package io.cartwheel.transport.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cartwheel.core.item.MalformedException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FrameReaderTest {
  private static final int CAP = 1 << 20;

  private final FrameCounters counters = new FrameCounters();
  private final FrameReader reader = new FrameReader(CAP, counters);
  private final EmbeddedChannel channel = new EmbeddedChannel(reader);

  @Test
  void cutsFramesHoweverTheyArrive() {
    var random = new Random(3);
    var frames = new ArrayList<byte[]>();
    ByteBuf stream = Unpooled.buffer();
    for (int i = 0; i < 300; i++) {
      var frame = new byte[1 + random.nextInt(i % 50 == 0 ? 300_000 : 300)];
      random.nextBytes(frame);
      frames.add(frame);
      stream.writeInt(frame.length).writeBytes(frame);
    }
    long bytes = stream.readableBytes();
    while (stream.isReadable()) {
      int some =
          Math.min(stream.readableBytes(), 1 + random.nextInt(random.nextBoolean() ? 5 : 70_000));
      channel.writeInbound(stream.readRetainedSlice(some));
    }
    stream.release();
    assertThat(inbound()).containsExactlyElementsOf(frames);
    assertThat(counters.framesIn.sum()).isEqualTo(frames.size());
    assertThat(counters.bytesIn.sum()).isEqualTo(bytes);
  }

  @Test
  void refusesAFrameBeyondTheCapAndDropsWhatFollows() {
    assertThatThrownBy(() -> channel.writeInbound(Unpooled.buffer().writeInt(CAP + 1)))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("1048577");
    channel.writeInbound(Unpooled.buffer().writeInt(1).writeByte(7));
    assertThat(inbound()).isEmpty();
  }

  @Test
  void refusesNegativeAndEmptyLengths() {
    assertThatThrownBy(() -> channel.writeInbound(Unpooled.buffer().writeInt(-1)))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("4294967295");
    var another = new EmbeddedChannel(new FrameReader(CAP, counters));
    assertThatThrownBy(() -> another.writeInbound(Unpooled.buffer().writeInt(0)))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void takesLargerFramesOnceTheCapIsRaised() {
    reader.raiseCap(CAP + 1);
    channel.writeInbound(Unpooled.buffer().writeInt(CAP + 1).writeZero(CAP + 1));
    assertThat(inbound()).singleElement().satisfies(it -> assertThat(it).hasSize(CAP + 1));
  }

  @Test
  void tellsOfAFrameThatTakesTooLong() {
    long now = System.nanoTime();
    assertThat(reader.isTooSlow(now + seconds(3600))).isFalse();
    channel.writeInbound(Unpooled.buffer().writeInt(1 << 20).writeZero(1));
    assertThat(reader.isTooSlow(now + seconds(29))).isFalse();
    assertThat(reader.isTooSlow(now + seconds(35))).isTrue();
    channel.writeInbound(Unpooled.buffer().writeZero(10 * (64 << 10)));
    assertThat(reader.isTooSlow(now + seconds(35))).isFalse();
    assertThat(reader.isTooSlow(now + seconds(45))).isTrue();
    reader.excuse(now + seconds(10));
    assertThat(reader.isTooSlow(now + seconds(45))).isFalse();
    channel.writeInbound(Unpooled.buffer().writeZero((1 << 20) - 1 - 10 * (64 << 10)));
    assertThat(reader.isTooSlow(now + seconds(3600))).isFalse();
  }

  private static long seconds(int count) {
    return TimeUnit.SECONDS.toNanos(count);
  }

  @Test
  void allocatesWithWhatComesAndNotByTheClaim() {
    reader.raiseCap(64 << 20);
    long claimed = Allocation.by(() -> channel.writeInbound(Unpooled.buffer().writeInt(64 << 20)));
    assertThat(claimed).isLessThan(256 << 10);
    long more =
        Allocation.by(() -> channel.writeInbound(Unpooled.directBuffer().writeZero(1 << 20)));
    assertThat(more).isLessThan(4 << 20);
  }

  private List<byte[]> inbound() {
    var all = new ArrayList<byte[]>();
    for (byte[] next = channel.readInbound(); next != null; next = channel.readInbound()) {
      all.add(next);
    }
    return all;
  }
}
