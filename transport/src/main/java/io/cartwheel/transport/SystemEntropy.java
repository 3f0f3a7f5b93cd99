package io.cartwheel.transport;

import io.cartwheel.core.port.Entropy;
import java.nio.ByteBuffer;
import java.security.SecureRandom;

/** Unpredictable bits of the operating system, fetched by the block; for one thread. */
public final class SystemEntropy implements Entropy {
  private static final int BLOCK_BYTES = 512;

  private final SecureRandom source = new SecureRandom();
  private final ByteBuffer block = ByteBuffer.allocate(BLOCK_BYTES).position(BLOCK_BYTES);

  @Override
  public long nextLong() {
    if (!block.hasRemaining()) {
      source.nextBytes(block.array());
      block.rewind();
    }
    return block.getLong();
  }
}
