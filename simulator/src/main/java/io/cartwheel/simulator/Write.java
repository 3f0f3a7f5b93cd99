package io.cartwheel.simulator;

import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.item.ItemKey;
import io.cartwheel.core.version.VersionVector;
import java.util.Set;

/** One write as its client knows it, all attempts at it together. */
final class Write {
  private final Bytes id;
  private final ItemKey key;
  private final Shown shown;
  private final int w;
  private final long begunAt;
  private int begun;
  private int refused;
  private boolean acked;
  private long ackedAt;

  /**
   * What a client was shown and may write over.
   *
   * @param writes the writes that it saw
   * @param seen the context that came with them
   * @param fastestReplier who answered first
   */
  record Shown(Set<Bytes> writes, VersionVector seen, long fastestReplier) {
    static final Shown NOTHING = new Shown(Set.of(), VersionVector.EMPTY, 0);
  }

  Write(Bytes id, ItemKey key, Shown shown, Promise promise) {
    this.id = id;
    this.key = key;
    this.shown = shown;
    w = promise.w();
    begunAt = promise.begunAt();
  }

  /** On how many replicas the write shall be before it is acknowledged, and when it was made. */
  record Promise(int w, long begunAt) {}

  Bytes id() {
    return id;
  }

  ItemKey key() {
    return key;
  }

  Shown shown() {
    return shown;
  }

  int w() {
    return w;
  }

  long begunAt() {
    return begunAt;
  }

  /** An attempt reached a node. */
  void begun() {
    begun++;
  }

  /** An attempt was refused without effect. */
  void refused() {
    refused++;
  }

  /** Whether any attempt had an effect, may have had, or may yet have. */
  boolean isPossible() {
    return begun > refused;
  }

  void acked(long now) {
    if (!acked) {
      acked = true;
      ackedAt = now;
    }
  }

  boolean isAcked() {
    return acked;
  }

  boolean wasAckedBefore(long moment) {
    return acked && ackedAt < moment;
  }
}
