package io.cartwheel.core.replica;

import io.cartwheel.core.version.VersionSet;

/** What a replica answers its own node. */
public sealed interface ReplicaOutcome {

  /**
   * The engine holds this state.
   *
   * @param lossMark not 0 while this copy may lack writes that it once acknowledged
   */
  record Held(VersionSet state, long lossMark) implements ReplicaOutcome {}

  /** The deadline had passed before the work began; nothing was done. */
  record Expired() implements ReplicaOutcome {}

  /** Too many turns wait for the key; nothing was done. */
  record Overloaded() implements ReplicaOutcome {}

  /** The work began so long ago that the state may have been forgotten since; nothing was done. */
  record Outdated() implements ReplicaOutcome {}

  /** Keeping it for others would exceed the quota of hints; nothing was done. */
  record HintsFull() implements ReplicaOutcome {}

  /** The write covers none of the key's versions, and they are too many or too large. */
  record SiblingsFull(int siblings, int bytes) implements ReplicaOutcome {}

  /** The engine failed; whether a write took effect is unknown. */
  record StorageFailed() implements ReplicaOutcome {}
}
