package io.cartwheel.core.message;

import io.cartwheel.core.version.VersionVector;

/** What became of a delete. */
public sealed interface DeleteOutcome {

  /** W replicas hold the tombstone; the fields are those of {@link PutOutcome.Stored}. */
  record Deleted(VersionVector clock, boolean alone, long coordinator) implements DeleteOutcome {}

  /** There was nothing to delete. */
  record NothingThere() implements DeleteOutcome {}

  /** It was not acknowledged. */
  record Failed(Failure failure) implements DeleteOutcome {}
}
