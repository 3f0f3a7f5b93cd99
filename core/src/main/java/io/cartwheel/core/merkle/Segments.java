package io.cartwheel.core.merkle;

import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.item.Encoder;
import io.cartwheel.core.item.ItemKey;
import io.cartwheel.core.item.MalformedException;
import java.util.BitSet;

/** Some of a tree's segments. */
public final class Segments {
  /** The encoded length: a bit a segment. */
  public static final int BYTES = MerkleTree.SEGMENTS / Byte.SIZE;

  private final BitSet chosen;

  public Segments() {
    this(new BitSet(MerkleTree.SEGMENTS));
  }

  private Segments(BitSet chosen) {
    this.chosen = chosen;
  }

  public void add(int segment) {
    chosen.set(segment);
  }

  /** Without effect if it is not among them. */
  public void remove(int segment) {
    chosen.clear(segment);
  }

  public boolean contains(int segment) {
    return chosen.get(segment);
  }

  public boolean isEmpty() {
    return chosen.isEmpty();
  }

  public int count() {
    return chosen.cardinality();
  }

  public boolean contain(ItemKey key) {
    return contains(MerkleTree.segmentOf(key));
  }

  public Bytes encoded() {
    var to = new Encoder(BYTES);
    byte[] bits = chosen.toByteArray();
    for (int i = 0; i < BYTES; i++) {
      to.u8(i < bits.length ? bits[i] & 0xFF : 0);
    }
    return to.toBytes();
  }

  /** Decodes exactly so many bytes as {@link #encoded} makes. */
  public static Segments decode(Bytes encoded) throws MalformedException {
    if (encoded.length() != BYTES) {
      throw new MalformedException("segments in " + encoded.length() + " bytes");
    }
    return new Segments(BitSet.valueOf(encoded.toArray()));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Segments that && chosen.equals(that.chosen);
  }

  @Override
  public int hashCode() {
    return chosen.hashCode();
  }

  @Override
  public String toString() {
    return chosen.cardinality() + " segments";
  }
}
