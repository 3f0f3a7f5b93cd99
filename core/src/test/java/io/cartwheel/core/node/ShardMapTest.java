package io.cartwheel.core.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cartwheel.core.ring.EqualPartitions;
import io.cartwheel.core.ring.MemberId;
import io.cartwheel.core.ring.Ring;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShardMapTest {
  private static final int DEFAULT_PARTITIONS = 256;

  @Test
  void everyPartitionHasOneOfTheShards() {
    for (int shards = 1; shards <= 64; shards *= 2) {
      var map = new ShardMap(shards);
      for (int partition = 0; partition < Ring.MAX_PARTITIONS; partition++) {
        int shard = map.shardOf(partition);
        assertTrue(0 <= shard && shard < shards);
      }
    }
  }

  /** By remainder, the first owner of each second partition would have them on one shard of two. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void aMembersPartitionsSpreadOverItsShards(int members) {
    List<MemberId> all = LongStream.rangeClosed(1, members).mapToObj(MemberId::new).toList();
    Ring ring = EqualPartitions.ofGenesis(DEFAULT_PARTITIONS, all, 3);
    for (MemberId member : all) {
      for (int shards = 2; shards <= 8; shards *= 2) {
        var map = new ShardMap(shards);
        checkSpread(map, partitions(ring, list -> list.contains(member)), 0.6, 1.4);
        checkSpread(map, partitions(ring, list -> list.getFirst().equals(member)), 0.5, 1.6);
      }
    }
  }

  private static int[] partitions(Ring ring, Predicate<List<MemberId>> owned) {
    return IntStream.range(0, ring.partitions())
        .filter(partition -> owned.test(ring.owners(partition)))
        .toArray();
  }

  /** Each shard has its share within these factors, where a share is eight partitions or more. */
  private static void checkSpread(ShardMap map, int[] partitions, double least, double most) {
    var counts = new int[map.shards()];
    for (int partition : partitions) {
      counts[map.shardOf(partition)]++;
    }
    double share = (double) partitions.length / map.shards();
    for (int count : counts) {
      if (share >= 8) {
        assertThat(count / share).as("%d of %s, %s", count, share, map).isBetween(least, most);
      }
    }
  }

  @Test
  void aNumberOfShardsThatIsNoPowerOfTwoIsRefused() {
    for (int shards : new int[] {-2, 0, 3, 6}) {
      assertThatThrownBy(() -> new ShardMap(shards)).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
