package io.cartwheel.core.background;

/** Why a kind of background work has the slice that it has. */
public enum Reason {
  /** No client has asked anything for some seconds: full speed. */
  IDLE,
  /** Clients' requests take no longer than they should: more from time to time. */
  WITHIN_TARGET,
  /** Clients' requests take longer than they should. */
  P99_OVER_TARGET,
  /** Pieces of this work wait, here or at other members, or this shard's timers are late. */
  QUEUE_WAITS,
  /** Clients' requests are refused for overload, or end at their deadlines. */
  FAILURES;

  /** Whether the work is to make way. */
  boolean isTrouble() {
    return switch (this) {
      case IDLE, WITHIN_TARGET -> false;
      case P99_OVER_TARGET, QUEUE_WAITS, FAILURES -> true;
    };
  }
}
