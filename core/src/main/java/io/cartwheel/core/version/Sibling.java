package io.cartwheel.core.version;

/**
 * One live version of an item: a write that no other seen write supersedes.
 *
 * @param dot the write's name
 * @param content what it put
 */
public record Sibling(Dot dot, Content content) implements Comparable<Sibling> {

  /**
   * Whether it holds a value that has expired by a wall clock. Tombstones do not expire.
   *
   * <p>A judgement of one member at one moment: what is merged, stored and compared is the sibling
   * as it is, whatever the clock says (ADR 12).
   */
  public boolean isExpiredAt(long wallMillis) {
    return !content.tombstone() && content.expiresMillis() <= wallMillis;
  }

  /** By dot; two contents under one dot (a copied disk) by content. */
  @Override
  public int compareTo(Sibling that) {
    int byDot = dot.compareTo(that.dot);
    return byDot != 0 ? byDot : content.compareTo(that.content);
  }
}
