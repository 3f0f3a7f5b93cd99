package io.cartwheel.server.http;

import io.cartwheel.core.item.Bytes;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * Collects a request's body, growing as it comes: a length that is only announced costs nothing.
 */
final class BodyBuffer {
  private static final byte[] NOTHING = {};

  private byte[] array = NOTHING;
  private int length;

  int length() {
    return length;
  }

  /**
   * Adds what came.
   *
   * @param announced the length that the head names, or a negative number
   */
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
