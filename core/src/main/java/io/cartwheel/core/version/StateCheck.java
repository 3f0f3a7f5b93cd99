package io.cartwheel.core.version;

import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.item.Decoder;
import io.cartwheel.core.item.MalformedException;

/**
 * Walks encoded siblings and refuses what no encoder wrote: each state has one form only.
 *
 * <p>Nothing is made of what it walks over, so that hostile bytes take no more room than they have;
 * what it has found sound may be decoded later, and decodes.
 */
final class StateCheck {
  private final Bytes encoded;
  private final Decoder from;

  /** The sibling before, of which there is none while its content has no length. */
  private long start;

  private long first;
  private long counter;
  private int content;
  private int contentEnd;

  StateCheck(Bytes encoded, Decoder from) {
    this.encoded = encoded;
    this.from = from;
  }

  /** The rest of the bytes must be siblings that the clock covers, ascending. */
  void siblings(VersionVector clock) throws MalformedException {
    int count = from.count(VersionSetCodec.MIN_SIBLING_BYTES);
    for (int i = 0; i < count; i++) {
      sibling(clock);
    }
    from.end();
  }

  private void sibling(VersionVector clock) throws MalformedException {
    long itsStart = from.fixed64();
    long itsFirst = from.varint();
    long itsCounter = from.varint();
    if (!clock.covers(itsStart, itsFirst, itsCounter)) {
      throw new MalformedException("sibling outside its clock");
    }
    int length = from.count(1);
    int its = from.position();
    content(length);
    int order = order(itsStart, itsFirst, itsCounter);
    if (contentEnd > 0 && (order > 0 || order == 0 && !isAfterLast(its))) {
      throw new MalformedException("siblings out of order");
    }
    start = itsStart;
    first = itsFirst;
    counter = itsCounter;
    content = its;
    contentEnd = from.position();
  }

  private int order(long itsStart, long itsFirst, long itsCounter) {
    int byStart = Long.compareUnsigned(start, itsStart);
    int byFirst = Long.compareUnsigned(first, itsFirst);
    int byEpoch = byStart != 0 ? byStart : byFirst;
    return byEpoch != 0 ? byEpoch : Long.compareUnsigned(counter, itsCounter);
  }

  private boolean isAfterLast(int its) {
    return encoded.slice(content, contentEnd).compareTo(encoded.slice(its, from.position())) < 0;
  }

  /** The next so many bytes must be a content. */
  void content(int length) throws MalformedException {
    int end = from.position() + length;
    long last = 0;
    boolean hasValue = false;
    boolean hasTime = false;
    while (from.position() < end) {
      long tag = from.varint();
      int size = from.count(1);
      if (tag <= 0 || tag <= last || size > end - from.position()) {
        throw new MalformedException("fields out of order or beyond their end");
      }
      last = tag;
      hasValue |= tag == Content.VALUE;
      hasTime |= tag == Content.WRITTEN;
      field(tag, size);
    }
    if (!hasValue || !hasTime) {
      throw new MalformedException("no value or no write time");
    }
  }

  private void field(long tag, int size) throws MalformedException {
    boolean sound =
        !(tag == Content.TOMBSTONE && size != 0)
            && !(tag == Content.WRITTEN && size != Long.BYTES)
            && !(tag == Content.REQUEST_ID && size == 0)
            && !(tag == Content.EXPIRES && size != Long.BYTES)
            && !(tag == Content.DESCRIPTION && size == Description.NONE.encoded().length());
    if (!sound) {
      throw new MalformedException("a field of the wrong length, or that says what absence says");
    }
    if (tag == Content.DESCRIPTION) {
      description(size);
    } else if (tag == Content.EXPIRES) {
      expiry();
    } else {
      from.skip(size);
    }
  }

  private void expiry() throws MalformedException {
    if (from.fixed64() == Content.NEVER) {
      throw new MalformedException("an expiry that says what absence says");
    }
  }

  private void description(int size) throws MalformedException {
    int end = from.position() + size;
    from.skipText();
    from.skipText();
    from.skipText();
    int count = from.count(2);
    int last = 0;
    int lastEnd = 0;
    for (int i = 0; i < count; i++) {
      int name = from.skipText();
      int nameEnd = from.position();
      if (i > 0 && encoded.compareTexts(last, lastEnd, name, nameEnd) >= 0) {
        throw new MalformedException("metadata out of order");
      }
      last = name;
      lastEnd = nameEnd;
      from.skipText();
    }
    if (from.position() != end) {
      throw new MalformedException("a description of another length");
    }
  }
}
