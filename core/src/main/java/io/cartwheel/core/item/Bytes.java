package io.cartwheel.core.item;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/**
 * An immutable run of bytes: a slice of an array that nobody changes any more.
 *
 * <p>Slices let a value travel from the frame it arrived in to the disk without a copy. Whoever
 * wraps an array gives it away. A small slice keeps its whole array alive; {@link #compact} cuts it
 * loose where it is kept for long.
 */
public final class Bytes implements Comparable<Bytes> {
  public static final Bytes EMPTY = new Bytes(new byte[0], 0, 0);

  private final byte[] array;
  private final int offset;
  private final int length;

  /** As in strings: 0 until it is asked for; whoever computes it twice computes the same. */
  private int hash;

  private Bytes(byte[] array, int offset, int length) {
    this.array = array;
    this.offset = offset;
    this.length = length;
  }

  /** Wraps the array without copying; the caller must not change it afterwards. */
  public static Bytes wrap(byte[] array) {
    return array.length == 0 ? EMPTY : new Bytes(array, 0, array.length);
  }

  /** Wraps {@code length} bytes from {@code offset}, without copying. */
  public static Bytes wrap(byte[] array, int offset, int length) {
    if (offset < 0 || length < 0 || length > array.length - offset) {
      throw new IndexOutOfBoundsException(offset + "+" + length + " of " + array.length);
    }
    return length == 0 ? EMPTY : new Bytes(array, offset, length);
  }

  public static Bytes utf8(String text) {
    return wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  public int length() {
    return length;
  }

  public boolean isEmpty() {
    return length == 0;
  }

  public byte at(int index) {
    if (index < 0 || index >= length) {
      throw new IndexOutOfBoundsException(index + " of " + length);
    }
    return array[offset + index];
  }

  /** The bytes in {@code [from, to)}, sharing this one's array. */
  public Bytes slice(int from, int to) {
    if (from < 0 || to < from || to > length) {
      throw new IndexOutOfBoundsException(from + ".." + to + " of " + length);
    }
    return wrap(array, offset + from, to - from);
  }

  /** The same bytes in an array of their own: for what outlives the frame it came in. */
  public Bytes compact() {
    return array.length == length ? this : wrap(toArray());
  }

  /** A fresh copy that the caller may change. */
  public byte[] toArray() {
    return Arrays.copyOfRange(array, offset, offset + length);
  }

  public void copyTo(byte[] target, int at) {
    System.arraycopy(array, offset, target, at, length);
  }

  /** A read-only view, without copying. */
  public ByteBuffer toBuffer() {
    return ByteBuffer.wrap(array, offset, length).slice().asReadOnlyBuffer();
  }

  /** Shows the array itself to a reader that leaves it as it is: for libraries that would copy. */
  public <T> T read(Reader<T> reader) {
    return reader.read(array, offset, length);
  }

  /**
   * Reads a part of an array, and changes nothing.
   *
   * @param <T> what it makes of it
   */
  @FunctionalInterface
  public interface Reader<T> {
    T read(byte[] array, int offset, int length);
  }

  public String toUtf8() {
    return new String(array, offset, length, StandardCharsets.UTF_8);
  }

  /** Whether the bytes in {@code [from, to)} are well-formed UTF-8. */
  public boolean isUtf8(int from, int to) {
    Objects.checkFromToIndex(from, to, length);
    return Utf8.isWellFormed(array, offset + from, offset + to);
  }

  /** Compares UTF-8 in {@code [left, leftEnd)} and {@code [right, rightEnd)} as strings do. */
  public int compareTexts(int left, int leftEnd, int right, int rightEnd) {
    Objects.checkFromToIndex(left, leftEnd, length);
    Objects.checkFromToIndex(right, rightEnd, length);
    return Utf8.compare(array, offset + left, offset + leftEnd, offset + right, offset + rightEnd);
  }

  /** 128 bits of XXH3: to compare states, not to keep secrets. */
  public Hash128 hash() {
    return Hash128.of(array, offset, length);
  }

  /** CRC32C: to notice damage. */
  public int checksum() {
    var crc = new java.util.zip.CRC32C();
    crc.update(array, offset, length);
    return (int) crc.getValue();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes that
        && length == that.length
        && Arrays.equals(
            array, offset, offset + length, that.array, that.offset, that.offset + length);
  }

  @Override
  public int hashCode() {
    int known = hash;
    if (known == 0) {
      known = 1;
      for (int i = offset; i < offset + length; i++) {
        known = 31 * known + array[i];
      }
      hash = known;
    }
    return known;
  }

  /** Compares as unsigned bytes, shorter first: the order of the stores on disk. */
  @Override
  public int compareTo(Bytes that) {
    return Arrays.compareUnsigned(
        array, offset, offset + length, that.array, that.offset, that.offset + that.length);
  }

  /** The length and a fingerprint only: contents are users' data and stay out of logs. */
  @Override
  public String toString() {
    return length + "B#" + Integer.toHexString(hashCode());
  }
}
