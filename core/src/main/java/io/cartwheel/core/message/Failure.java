package io.cartwheel.core.message;

/** Why a request was not answered as asked. All of them are told to the client. */
public sealed interface Failure {

  /**
   * Fewer replicas can be reached than were asked for: told at once.
   *
   * @param ofOwners whether it is the owners themselves that are too few, stand-ins left out
   */
  record Unavailable(int needed, int reachable, boolean indeterminate, boolean ofOwners)
      implements Failure {
    /** Too few replicas, owners or not. */
    public Unavailable(int needed, int reachable, boolean indeterminate) {
      this(needed, reachable, indeterminate, false);
    }
  }

  /** The deadline passed first. A write is then unknown, not undone. */
  record Timeout(int needed, int acked, int durable, boolean indeterminate) implements Failure {}

  /** The value is larger than its type allows. */
  record TooLarge(int bytes, int limit) implements Failure {}

  /** The key has too many live versions for one more that covers none of them. */
  record TooManySiblings(int siblings, int bytes) implements Failure {}

  /** The request can't be met in principle: {@code reason} says which part. */
  record Invalid(String reason) implements Failure {}

  /** Too much is queued; nothing was done. */
  record Overloaded() implements Failure {}

  /** The coordinator's engine failed; whether the write took effect is unknown. */
  record StorageFailed() implements Failure {}

  /** Whether the request may have taken effect, or may yet. */
  default boolean isIndeterminate() {
    return switch (this) {
      case Unavailable unavailable -> unavailable.indeterminate();
      case Timeout timeout -> timeout.indeterminate();
      case StorageFailed _ -> true;
      case TooLarge _, TooManySiblings _, Invalid _, Overloaded _ -> false;
    };
  }
}
