package io.cartwheel.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.cartwheel.core.node.ShardMap;
import org.junit.jupiter.api.Test;

class LinkNumbersTest {

  /** What lets one of a shard's links lead to the right shard of each peer, whatever its size. */
  @Test
  void fewerShardsAreTheLowBitsOfMore() {
    for (int ours = 1; ours <= 64; ours *= 2) {
      for (int theirs = 1; theirs <= 64; theirs *= 2) {
        var links = new ShardMap(Math.max(ours, theirs));
        for (int partition = 0; partition < 4096; partition++) {
          int link = links.shardOf(partition);
          assertThat(link % ours).isEqualTo(new ShardMap(ours).shardOf(partition));
          assertThat(link % theirs).isEqualTo(new ShardMap(theirs).shardOf(partition));
        }
      }
    }
  }
}
