package io.cartwheel.benchmarks.load;

import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;

/** Values to write: random bytes, which no store can make smaller, cut anew from one block. */
final class Values {
  private static final int CUTS = 4096;

  private final RandomGenerator random;
  private final byte[] block;
  private final int length;

  Values(int length, RandomGenerator random) {
    this.random = random;
    this.length = length;
    block = new byte[length + CUTS];
    random.nextBytes(block);
  }

  ByteBuffer next() {
    return ByteBuffer.wrap(block, random.nextInt(CUTS), length);
  }
}
