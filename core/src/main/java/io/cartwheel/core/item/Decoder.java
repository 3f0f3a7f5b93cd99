package io.cartwheel.core.item;

/**
 * Reads what {@link Encoder} wrote, trusting nothing: every length is checked against what is left
 * before anything is allocated.
 */
public final class Decoder {
  private final Bytes bytes;
  private int at;

  public Decoder(Bytes bytes) {
    this.bytes = bytes;
  }

  public int remaining() {
    return bytes.length() - at;
  }

  public int u8() throws MalformedException {
    need(1);
    return bytes.at(at++) & 0xFF;
  }

  public int fixed32() throws MalformedException {
    need(4);
    int value = 0;
    for (int i = 0; i < 4; i++) {
      value = value << 8 | (bytes.at(at++) & 0xFF);
    }
    return value;
  }

  public long fixed64() throws MalformedException {
    return (long) fixed32() << 32 | (fixed32() & 0xFFFF_FFFFL);
  }

  public long varint() throws MalformedException {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int next = u8();
      value |= (long) (next & 0x7F) << shift;
      if ((next & 0x80) == 0) {
        if (shift == 63 && next > 1 || shift > 0 && next == 0) {
          throw new MalformedException("varint not in shortest form");
        }
        return value;
      }
    }
    throw new MalformedException("varint longer than 10 bytes");
  }

  /** A count of things that take at least {@code minimumBytes} each: bounded by what is left. */
  public int count(int minimumBytes) throws MalformedException {
    long count = varint();
    if (count < 0 || count > remaining() / minimumBytes) {
      throw new MalformedException("count beyond the end");
    }
    return (int) count;
  }

  public Bytes raw(int length) throws MalformedException {
    skip(length);
    return bytes.slice(at - length, at);
  }

  public Bytes bytes() throws MalformedException {
    return raw(count(1));
  }

  /** UTF-8 text; anything that is not UTF-8 is malformed. */
  public String text() throws MalformedException {
    int start = skipText();
    return bytes.slice(start, at).toUtf8();
  }

  /** Passes over a text that {@link #text} would take; says where it begins behind its length. */
  public int skipText() throws MalformedException {
    int length = count(1);
    skip(length);
    if (!bytes.isUtf8(at - length, at)) {
      throw new MalformedException("text is not UTF-8");
    }
    return at - length;
  }

  public void skip(int length) throws MalformedException {
    need(length);
    at += length;
  }

  /** How many bytes were read. */
  public int position() {
    return at;
  }

  public Bytes rest() throws MalformedException {
    return raw(remaining());
  }

  /** Refuses bytes after the end. */
  public void end() throws MalformedException {
    if (remaining() != 0) {
      throw new MalformedException(remaining() + " bytes after the end");
    }
  }

  private void need(int count) throws MalformedException {
    if (count < 0 || count > remaining()) {
      throw new MalformedException("cut short: " + count + " bytes wanted, " + remaining());
    }
  }
}
