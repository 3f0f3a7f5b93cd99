package io.cartwheel.core.ring;

import io.cartwheel.core.item.ItemKey;

/**
 * Where a key lies on the circle: MD5 of its length-prefixed name, 128 bits (Dynamo §4.1, §4.2).
 *
 * <p>MD5 spreads keys evenly, which is all that is asked of it here.
 *
 * @param high the upper 64 bits, which choose the partition
 * @param low the lower 64 bits
 */
public record RingPosition(long high, long low) {

  public static RingPosition of(ItemKey key) {
    return new RingPosition(key.md5().high(), key.md5().low());
  }

  /** The partition that holds this position, when there are {@code partitions} (a power of two). */
  public int partitionOf(int partitions) {
    int bits = Integer.numberOfTrailingZeros(partitions);
    return bits == 0 ? 0 : (int) (high >>> (Long.SIZE - bits));
  }

  @Override
  public String toString() {
    return "%016x%016x".formatted(high, low);
  }
}
