package io.cartwheel.core.message;

import io.cartwheel.core.item.Hash128;
import io.cartwheel.core.item.ItemKey;
import io.cartwheel.core.ring.MemberId;
import io.cartwheel.core.version.VersionSet;
import java.util.List;

/** What one member's shard says to another's. */
public sealed interface Message {

  /** The asking shard's number for the request; a reply carries the number of what it answers. */
  long id();

  /** Asks for something; lost requests are noticed by their deadline. */
  sealed interface Request extends Message {
    /** How long the asker still waits; work that starts later is dropped unread. */
    int timeoutMillis();
  }

  /** Asks for something about a key, of the shard that the key's partition belongs to. */
  sealed interface KeyRequest extends Request {
    ItemKey key();
  }

  /** Answers a request. */
  sealed interface Reply extends Message {}

  /**
   * Asks a replica for its state of a key.
   *
   * @param listVersion the version of the partition's list that the asker goes by
   * @param detail whether the state itself is wanted or only its digest
   * @param standIn whether it is asked in the place of a primary that can't be: it then tells what
   *     it holds for others
   */
  record ReplicaGet(
      long id, ItemKey key, long listVersion, Detail detail, boolean standIn, int timeoutMillis)
      implements KeyRequest {}

  /** How much of a replica's state is wanted. */
  enum Detail {
    FULL,
    DIGEST
  }

  /**
   * Asks a replica to merge a state into its own.
   *
   * @param listVersion the version of the partition's list that the asker goes by
   * @param owed the owners for whom the receiver shall keep a hint (Dynamo §4.6); empty when it is
   *     asked as an owner
   */
  record ReplicaPut(
      long id,
      ItemKey key,
      long listVersion,
      VersionSet state,
      List<MemberId> owed,
      int timeoutMillis)
      implements KeyRequest {
    public ReplicaPut {
      owed = List.copyOf(owed);
    }
  }

  /**
   * Asks a member of the preference list to coordinate a write; it never forwards it again.
   *
   * @param standIn whether it is asked in the place of primaries that can't be
   */
  record ForwardedPut(long id, PutRequest put, boolean standIn, int timeoutMillis)
      implements KeyRequest {
    @Override
    public ItemKey key() {
      return put.key();
    }
  }

  /**
   * Asks one shard's counterpart for a sign of life: goes over a link of the asking shard, and is
   * answered by the shard at its other end (Dynamo §4.8.3).
   */
  record Heartbeat(long id, int timeoutMillis) implements Request {}

  /**
   * A sign of life.
   *
   * @param slow whether the answering node finds itself slow of late
   */
  record Alive(long id, boolean slow) implements Reply {}

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
    /** The member keeps as many hints as it may. */
    HINTS_FULL,
    /** The deadline had passed before the work began. */
    EXPIRED,
    /** The engine failed; whether the write took effect is unknown. */
    STORAGE_FAILED
  }
}
