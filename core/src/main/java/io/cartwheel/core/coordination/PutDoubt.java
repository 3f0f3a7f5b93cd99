package io.cartwheel.core.coordination;

import io.cartwheel.core.message.Failure;

/**
 * What can be said of a write that several were asked to coordinate and none has stored: a refusal
 * is without effect only if no attempt may have had one.
 */
final class PutDoubt {
  private final int needed;
  private Failure last;
  private boolean mayHaveHappened;

  /**
   * No doubt as yet.
   *
   * @param needed the write's w
   */
  PutDoubt(int needed) {
    this.needed = needed;
    last = new Failure.Unavailable(needed, 0, false);
  }

  /** Whether another coordinator may do what one has refused with this. */
  static boolean mayGoBetterElsewhere(Failure failure) {
    return switch (failure) {
      case Failure.Unavailable unavailable -> !unavailable.indeterminate();
      case Failure.Overloaded _, Failure.StorageFailed _ -> true;
      case Failure.Timeout _, Failure.TooLarge _, Failure.TooManySiblings _, Failure.Invalid _ ->
          false;
    };
  }

  /** An attempt may have had an effect, or may have one yet. */
  void raise() {
    mayHaveHappened = true;
  }

  /** An attempt came to nothing; another may be made. */
  void refused(Failure failure) {
    last = failure;
  }

  /** What the latest refusal comes to. */
  Failure lastRefusal() {
    return asFarAsKnown(last);
  }

  /** What the deadline's passing comes to. */
  Failure timeout(boolean underWay) {
    return new Failure.Timeout(needed, 0, 0, mayHaveHappened || underWay);
  }

  /** The failure, without a claim that nothing happened if something may have. */
  Failure asFarAsKnown(Failure failure) {
    if (!mayHaveHappened || failure.isIndeterminate()) {
      return failure;
    }
    return switch (failure) {
      case Failure.Unavailable(int wanted, int reachable, _, boolean ofOwners) ->
          new Failure.Unavailable(wanted, reachable, true, ofOwners);
      case Failure.Timeout(int wanted, int acked, int durable, _) ->
          new Failure.Timeout(wanted, acked, durable, true);
      case Failure.TooLarge _,
          Failure.TooManySiblings _,
          Failure.Invalid _,
          Failure.Overloaded _,
          Failure.StorageFailed _ ->
          new Failure.Unavailable(needed, 0, true);
    };
  }
}
