package io.cartwheel.core.item;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Appends primitives to a growing array: the house's own binary form, big-endian with varints.
 *
 * <p>Whoever knows the length beforehand, which the static methods help to tell, pays for one
 * array.
 */
public final class Encoder {
  private byte[] array;
  private int length;

  public Encoder(int expectedBytes) {
    array = new byte[Math.max(16, expectedBytes)];
  }

  public Encoder u8(int value) {
    reserve(1);
    array[length++] = (byte) value;
    return this;
  }

  public Encoder fixed32(int value) {
    reserve(4);
    for (int shift = 24; shift >= 0; shift -= 8) {
      array[length++] = (byte) (value >>> shift);
    }
    return this;
  }

  public Encoder fixed64(long value) {
    return fixed32((int) (value >>> 32)).fixed32((int) value);
  }

  /** An unsigned LEB128 of 1 to 10 bytes. */
  public Encoder varint(long value) {
    reserve(varintLength(value));
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      array[length++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    array[length++] = (byte) rest;
    return this;
  }

  /** The bytes as they are, without a length. */
  public Encoder raw(Bytes bytes) {
    reserve(bytes.length());
    bytes.copyTo(array, length);
    length += bytes.length();
    return this;
  }

  /** The length as a varint, then the bytes. */
  public Encoder bytes(Bytes bytes) {
    return varint(bytes.length()).raw(bytes);
  }

  /** The text's UTF-8 with its length. */
  public Encoder text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return bytes(Bytes.wrap(utf8));
  }

  /** How many bytes {@link #varint} takes for the value. */
  public static int varintLength(long value) {
    return (Long.SIZE + 6 - Long.numberOfLeadingZeros(value | 1)) / 7;
  }

  /** How many bytes {@link #bytes} takes for so many. */
  public static int lengthWith(int bytes) {
    return varintLength(bytes) + bytes;
  }

  public int length() {
    return length;
  }

  /** What was appended so far; later appends do not change it. */
  public Bytes toBytes() {
    return Bytes.wrap(array, 0, length);
  }

  private void reserve(int more) {
    if (more > array.length - length) {
      array = Arrays.copyOf(array, Math.max(length + more, array.length * 2));
    }
  }
}
