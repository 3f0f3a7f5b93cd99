package io.cartwheel.core.node;

/**
 * Which of a node's shards a partition belongs to.
 *
 * <p>Placement is regular, so a plain remainder would give one shard all the partitions that a node
 * is first owner of; a mixed hash spreads them.
 *
 * @param shards how many there are, a power of two
 */
public record ShardMap(int shards) {
  /**
   * The most shards that a node has. Partitions that belong together under so many do so under any
   * fewer.
   */
  public static final int MAX = 64;

  public ShardMap {
    if (shards < 1 || Integer.bitCount(shards) != 1) {
      throw new IllegalArgumentException(shards + " shards: not a power of two");
    }
  }

  public int shardOf(int partition) {
    long mixed = (partition + 1L) * 0x9E37_79B9_7F4A_7C15L;
    return (int) ((mixed ^ mixed >>> 32) >>> 7) & (shards - 1);
  }
}
