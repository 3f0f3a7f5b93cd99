package io.cartwheel.core.version;

import io.cartwheel.core.item.Bytes;

/** Short words for the versions that tests speak of. */
public final class Versions {
  private Versions() {}

  /** The dot of an epoch that began at 1. */
  public static Dot dot(long start, long counter) {
    return new Dot(new Epoch(start, 1), counter);
  }

  public static Content value(String text) {
    return value(text, 0, "");
  }

  public static Content value(String text, long writtenMillis, String requestId) {
    return Content.value(Bytes.utf8(text), Description.NONE, writtenMillis, Bytes.utf8(requestId));
  }

  public static Content tombstone(long writtenMillis) {
    return Content.tombstone(writtenMillis, Bytes.EMPTY);
  }

  public static Sibling sibling(Dot dot, Content content) {
    return new Sibling(dot, content);
  }

  /** The state of a replica that saw this write alone, made without having seen any. */
  public static VersionSet alone(Dot dot, Content content) {
    return VersionSet.EMPTY.update(VersionVector.EMPTY, new Sibling(dot, content));
  }

  /** A vector that covers these dots and what they imply. */
  public static VersionVector covering(Dot... dots) {
    VersionVector vector = VersionVector.EMPTY;
    for (Dot dot : dots) {
      vector = vector.with(dot);
    }
    return vector;
  }
}
