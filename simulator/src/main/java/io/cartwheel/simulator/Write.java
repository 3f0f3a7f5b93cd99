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
  private final Promise promise;
  private int begun;
  private long lastDeadline;
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
    this.promise = promise;
  }

  /**
   * What was asked for.
   *
   * @param w on how many replicas the write shall be before it is acknowledged
   * @param strict whether only owners count
   * @param begunAt when it was made
   * @param lossesBefore how often disks had lost anything by then
   * @param expires whether it shall not last for ever
   */
  record Promise(int w, boolean strict, long begunAt, long lossesBefore, boolean expires) {}

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
    return promise.w();
  }

  boolean expires() {
    return promise.expires();
  }

  boolean isStrict() {
    return promise.strict();
  }

  long lossesBefore() {
    return promise.lossesBefore();
  }

  long begunAt() {
    return promise.begunAt();
  }

  /** An attempt reached a node, which may carry it out until its deadline. */
  void begun(long deadline) {
    begun++;
    lastDeadline = deadline;
  }

  /** Until when any attempt may be carried out. */
  long lastDeadline() {
    return lastDeadline;
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
