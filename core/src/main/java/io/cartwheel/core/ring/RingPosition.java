package io.cartwheel.core.ring;

import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.item.Decoder;
import io.cartwheel.core.item.ItemKey;
import io.cartwheel.core.item.MalformedException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

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
    try {
      var md5 = MessageDigest.getInstance("MD5");
      md5.update(key.encoded().toBuffer());
      var digest = new Decoder(Bytes.wrap(md5.digest()));
      return new RingPosition(digest.fixed64(), digest.fixed64());
    } catch (NoSuchAlgorithmException | MalformedException e) {
      throw new AssertionError("every Java has MD5, and it is 16 bytes", e);
    }
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
