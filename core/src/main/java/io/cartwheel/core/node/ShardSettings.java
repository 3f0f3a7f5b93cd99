package io.cartwheel.core.node;

import java.time.Duration;
import java.util.stream.IntStream;

/**
 * What one shard is told of its node.
 *
 * @param number the shard's, from 0
 * @param shards which partitions belong to which
 * @param hints how it keeps and hands over what it holds for others
 * @param repair how often it compares itself with others
 * @param forgetting how often it looks for what can be forgotten
 */
public record ShardSettings(
    int number, ShardMap shards, Hints hints, Repair repair, Forgetting forgetting) {

  /**
   * Hinted handoff's limits.
   *
   * @param quotaBytes how long all records kept for others may be together, on this shard
   * @param perSecond how many are handed over each second at most, by this shard; a fraction if
   *     several shards share less
   */
  public record Hints(long quotaBytes, double perSecond) {
    public static final Hints DEFAULT = new Hints(1L << 30, 1_000);

    /** One shard's part of a node's limits. */
    public Hints share(int shards) {
      return new Hints(quotaBytes / shards, perSecond / shards);
    }
  }

  /**
   * Anti-entropy's times.
   *
   * @param every from one exchange with a member to the next
   * @param scrub from one look at all records to the next
   */
  public record Repair(Duration every, Duration scrub) {
    public static final Repair DEFAULT = new Repair(Duration.ofHours(1), Duration.ofDays(7));
  }

  /**
   * Forgetting's times.
   *
   * @param barrier from one barrier to the next at least, while somebody waits for one
   * @param walk from one look through a partition for what has expired to the next at least
   */
  public record Forgetting(Duration barrier, Duration walk) {
    public static final Forgetting DEFAULT =
        new Forgetting(Duration.ofSeconds(10), Duration.ofMinutes(10));
  }

  /** The settings of a node with one shard. */
  public static ShardSettings alone() {
    return new ShardSettings(0, new ShardMap(1), Hints.DEFAULT, Repair.DEFAULT, Forgetting.DEFAULT);
  }

  /** The partitions of a ring of so many that belong to this shard. */
  IntStream partitions(int ringSize) {
    return IntStream.range(0, ringSize).filter(p -> shards.shardOf(p) == number);
  }
}
