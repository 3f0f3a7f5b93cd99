package io.cartwheel.core.antientropy;

/**
 * How much repair may be under way at once: more and more while each piece is done in no time, half
 * as much when one takes long, for then clients' requests wait too. Never less than one piece, with
 * a rest after it, so that repair gets on even where nothing is ever quick.
 */
final class Courtesy {
  static final int MOST = 16;

  /** What takes longer than this has waited behind something. */
  static final long LONG_NANOS = 10_000_000L;

  /** After a piece that took long repair rests for so many times as long. */
  private static final int REST = 4;

  private static final long LONGEST_REST_NANOS = 1_000_000_000L;

  private double allowed = 1;
  private long restUntilNanos = Long.MIN_VALUE;

  /** How many pieces may be under way. */
  int allowed() {
    return (int) allowed;
  }

  /** When the next piece may begin: until then repair rests. */
  long restUntilNanos() {
    return restUntilNanos;
  }

  /** A piece was done, or given up. */
  void took(long nanos, long nowNanos) {
    if (nanos <= LONG_NANOS) {
      allowed = Math.min(MOST, allowed + 1 / allowed);
    } else {
      allowed = Math.max(1, allowed / 2);
      restUntilNanos = nowNanos + Math.min(LONGEST_REST_NANOS, REST * nanos);
    }
  }
}
