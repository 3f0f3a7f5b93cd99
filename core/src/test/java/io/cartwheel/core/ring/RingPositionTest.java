package io.cartwheel.core.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.cartwheel.core.fixture.Drawn;
import io.cartwheel.core.fixture.SeededCases;
import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.item.ItemKey;
import java.math.BigInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RingPositionTest {
  /** Dynamo §4.1: MD5 of the key; these digests were computed by other code. */
  @Test
  void aPositionIsTheMd5OfTheLengthPrefixedName() {
    var binary =
        new ItemKey(
            Bytes.utf8("logs"), Bytes.wrap(new byte[] {0, -1}), Bytes.utf8("k".repeat(300)));

    assertThat(RingPosition.of(ItemKey.of("carts", "alice")))
        .hasToString("3102fb13cb333eccfd60f046ee3a35eb");
    assertThat(RingPosition.of(binary)).hasToString("3e5e5be98dc73f916ecf519346cc1821");
  }

  @Test
  void aPartitionIsTheEqualShareOfTheCircleThatHoldsThePosition() {
    SeededCases.forEach(
        100,
        random -> {
          RingPosition position = RingPosition.of(Drawn.key(random));
          BigInteger point = new BigInteger(position.toString(), 16);
          for (int partitions = 1; partitions <= Ring.MAX_PARTITIONS; partitions *= 2) {
            BigInteger share = BigInteger.ONE.shiftLeft(128).divide(BigInteger.valueOf(partitions));
            assertEquals(point.divide(share).intValueExact(), position.partitionOf(partitions));
          }
        });
  }

  @Test
  void thePartitionsEndWhereTheCircleDoes() {
    for (int partitions = 1; partitions <= Ring.MAX_PARTITIONS; partitions *= 2) {
      assertThat(new RingPosition(0, 0).partitionOf(partitions)).isZero();
      assertThat(new RingPosition(-1, -1).partitionOf(partitions)).isEqualTo(partitions - 1);
    }
  }

  /** Dynamo §4.2: the hash spreads keys evenly, also such that differ little. */
  @Test
  void keysSpreadEvenlyOverThePartitions() {
    var counts = new int[64];
    for (int i = 0; i < 16_000; i++) {
      counts[RingPosition.of(ItemKey.of("carts", "user" + i)).partitionOf(64)]++;
    }
    assertThat(IntStream.of(counts)).allMatch(count -> count > 185 && count < 315);
  }
}
