package io.cartwheel.server.http;

import io.cartwheel.core.item.Bytes;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * Collects a request's body, growing as it comes: a length that is only announced costs nothing.
 */
final class BodyBuffer {
  /** Bodies up to here get their array at once. */
  private static final int PROMPT_BYTES = 16 << 10;

  private byte[] array;
  private int length;

  /**
   * An empty one.
   *
   * @param announced the length that the head names, or a negative number
   */
  BodyBuffer(long announced) {
    array = new byte[(int) Math.min(Math.max(announced, 0), PROMPT_BYTES)];
  }

  int length() {
    return length;
  }

  void append(ByteBuf content, long announced) {
    int count = content.readableBytes();
    if (count > array.length - length) {
      int doubled = Math.max(length + count, array.length * 2);
      boolean nearEnd = announced >= length + count && announced < doubled;
      array = Arrays.copyOf(array, nearEnd ? (int) announced : doubled);
    }
    content.readBytes(array, length, count);
    length += count;
  }

  /** What was collected; nothing may be appended afterwards. */
  Bytes toBytes() {
    return Bytes.wrap(array, 0, length);
  }
}
