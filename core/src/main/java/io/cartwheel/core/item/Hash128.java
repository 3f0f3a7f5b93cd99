package io.cartwheel.core.item;

import net.openhft.hashing.LongTupleHashFunction;

/**
 * 128 bits of XXH3, enough to tell states apart by accident, not against malice.
 *
 * @param high the upper 64 bits
 * @param low the lower 64 bits
 */
public record Hash128(long high, long low) implements Comparable<Hash128> {
  public static final int BYTES = 16;

  private static final LongTupleHashFunction XXH3 = LongTupleHashFunction.xx128();

  static Hash128 of(byte[] array, int offset, int length) {
    long[] hash = XXH3.hashBytes(array, offset, length);
    return new Hash128(hash[1], hash[0]);
  }

  public void encode(Encoder to) {
    to.fixed64(high).fixed64(low);
  }

  public static Hash128 decode(Decoder from) throws MalformedException {
    return new Hash128(from.fixed64(), from.fixed64());
  }

  @Override
  public int compareTo(Hash128 that) {
    int byHigh = Long.compareUnsigned(high, that.high);
    return byHigh != 0 ? byHigh : Long.compareUnsigned(low, that.low);
  }

  @Override
  public String toString() {
    return "%016x%016x".formatted(high, low);
  }
}
