package io.cartwheel.core.background;

/** A kind of background work. Each has a slice of its own. */
public enum Work {
  /** What is kept for others is handed over: its slice is of the rate that the operator allows. */
  HINTS(1, 50),
  /** Keys in which replicas differ are listed, looked at again and repaired. */
  EXCHANGE(16, 10),
  /** All records are looked at, for Merkle trees and for rot. */
  WALKS(1, 10),
  /** Tombstones are forgotten. */
  REAPING(16, 10);

  private final int most;
  private final long lateNanos;

  Work(int most, long lateMillis) {
    this.most = most;
    lateNanos = lateMillis * 1_000_000L;
  }

  /** How many pieces of it may be under way at full speed; more would only wait. */
  public int most() {
    return most;
  }

  /** A piece that takes so much longer than twice what the quickest took has waited somewhere. */
  long lateNanos() {
    return lateNanos;
  }
}
