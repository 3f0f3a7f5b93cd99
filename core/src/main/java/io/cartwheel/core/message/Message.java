package io.cartwheel.core.message;

import io.cartwheel.core.item.Hash128;
import io.cartwheel.core.item.ItemKey;
import io.cartwheel.core.version.VersionSet;

/** What one member's shard says to another's. */
public sealed interface Message {

  /** The asking shard's number for the request; a reply carries the number of what it answers. */
  long id();

  /** Asks for something about a key; lost requests are noticed by their deadline. */
  sealed interface Request extends Message {
    ItemKey key();

    /** How long the asker still waits; work that starts later is dropped unread. */
    int timeoutMillis();
  }

  /** Answers a request. */
  sealed interface Reply extends Message {}

  /**
   * Asks a replica for its state of a key.
   *
   * @param listVersion the version of the partition's list that the asker goes by
   * @param detail whether the state itself is wanted or only its digest
   */
  record ReplicaGet(long id, ItemKey key, long listVersion, Detail detail, int timeoutMillis)
      implements Request {}

  /** How much of a replica's state is wanted. */
  enum Detail {
    FULL,
    DIGEST
  }

  /**
   * Asks a replica to merge a state into its own.
   *
   * @param listVersion the version of the partition's list that the asker goes by
   */
  record ReplicaPut(long id, ItemKey key, long listVersion, VersionSet state, int timeoutMillis)
      implements Request {}

  /** Asks a member of the preference list to coordinate a write; it never forwards it again. */
  record ForwardedPut(long id, PutRequest put, int timeoutMillis) implements Request {
    @Override
    public ItemKey key() {
      return put.key();
    }
  }

  /**
   * A replica's state.
   *
   * @param recovering whether the replica may have lost data and has not yet refilled
   */
  record ReplicaState(long id, VersionSet state, boolean recovering) implements Reply {}

  /**
   * The digest of a replica's state.
   *
   * @param recovering whether the replica may have lost data and has not yet refilled
   */
  record ReplicaDigest(long id, Hash128 digest, boolean recovering) implements Reply {}

  /**
   * A replica merged the state and its engine holds the result.
   *
   * @param durable whether it is held at the level of the engine's durability mode
   */
  record ReplicaStored(long id, boolean durable) implements Reply {}

  /** What became of a forwarded write. */
  record ForwardedOutcome(long id, PutOutcome outcome) implements Reply {}

  /** The request was refused without effect, or failed; {@link Refusal} tells which. */
  record Refused(long id, Refusal refusal) implements Reply {}

  /** Why a replica did not do what it was asked. */
  enum Refusal {
    /** By its own list this member is no primary of the key's partition. */
    NOT_OWNER,
    /** Too much is queued here. */
    OVERLOADED,
    /** The deadline had passed before the work began. */
    EXPIRED,
    /** The engine failed; whether the write took effect is unknown. */
    STORAGE_FAILED
  }
}
