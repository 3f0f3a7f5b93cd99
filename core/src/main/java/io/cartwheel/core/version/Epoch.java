package io.cartwheel.core.version;

import io.cartwheel.core.item.Decoder;
import io.cartwheel.core.item.Encoder;
import io.cartwheel.core.item.MalformedException;

/**
 * The actor of a version vector: one unbroken stretch of one coordinator's history of one key.
 *
 * <p>Not a node: a coordinator that lost its state of a key and went on counting under its old name
 * would claim to have seen what it forgot, and erase it on merge. A new epoch claims nothing.
 * Deviation: ADR 0003.
 *
 * @param start 64 random bits that a shard draws at every start of its process
 * @param first the shard's counter when this stretch began
 */
public record Epoch(long start, long first) implements Comparable<Epoch> {

  void encode(Encoder to) {
    to.fixed64(start).varint(first);
  }

  static Epoch decode(Decoder from) throws MalformedException {
    return new Epoch(from.fixed64(), from.varint());
  }

  @Override
  public int compareTo(Epoch that) {
    int byStart = Long.compareUnsigned(start, that.start);
    return byStart != 0 ? byStart : Long.compareUnsigned(first, that.first);
  }

  @Override
  public String toString() {
    return "%016x.%d".formatted(start, first);
  }
}
