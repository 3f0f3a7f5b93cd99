package io.cartwheel.core.message;

import io.cartwheel.core.item.Hash128;
import io.cartwheel.core.item.ItemKey;
import io.cartwheel.core.membership.Standing;
import io.cartwheel.core.merkle.MerkleTree;
import io.cartwheel.core.merkle.Segments;
import io.cartwheel.core.merkle.TreeId;
import io.cartwheel.core.ring.MemberId;
import io.cartwheel.core.version.VersionSet;
import java.util.List;
import java.util.Optional;

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

  /** Asks for something about a partition, of the shard that it belongs to. */
  sealed interface PartitionRequest extends Request {
    int partition();
  }

  /** Asks something about a partition's trees. */
  sealed interface TreeRequest extends PartitionRequest {}

  /** Answers a request. */
  sealed interface Reply extends Message {}

  /** Answers a request about a partition's trees. */
  sealed interface TreeReply extends Reply {}

  /** Answers a request about barriers, or about what is to be forgotten. */
  sealed interface ForgettingReply extends Reply {}

  /** Carries something of a state, which is of no use where too old a stamp is on it. */
  sealed interface Stamped extends Message {
    /** The barrier under which the work began that the message belongs to (ADR 15). */
    long stamp();
  }

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
   * @param stamp of the work that the state was read or made for
   */
  record ReplicaPut(
      long id,
      ItemKey key,
      long listVersion,
      VersionSet state,
      List<MemberId> owed,
      long stamp,
      int timeoutMillis)
      implements KeyRequest, Stamped {
    public ReplicaPut {
      owed = List.copyOf(owed);
    }
  }

  /**
   * Asks a member of the preference list to coordinate a write; it never forwards it again.
   *
   * @param standIn whether it is asked in the place of primaries that can't be
   */
  record ForwardedPut(long id, PutRequest put, boolean standIn, long stamp, int timeoutMillis)
      implements KeyRequest, Stamped {
    @Override
    public ItemKey key() {
      return put.key();
    }
  }

  /** Asks a member, owner or not, for all that it has of a key; changes nothing there. */
  record Inspect(long id, ItemKey key, int timeoutMillis) implements KeyRequest {}

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
  record ReplicaState(long id, VersionSet state, boolean recovering, long stamp)
      implements Reply, Stamped {}

  /**
   * The digest of a replica's state.
   *
   * @param recovering whether the replica may have lost data and has not yet refilled
   */
  record ReplicaDigest(long id, Hash128 digest, boolean recovering, long stamp)
      implements Reply, Stamped {}

  /**
   * A replica merged the state and its engine holds the result.
   *
   * @param durable whether it is held at the level of the engine's durability mode
   */
  record ReplicaStored(long id, boolean durable) implements Reply {}

  /**
   * Asks whether the receiver's Merkle trees have the same roots (Dynamo §4.7).
   *
   * @param trees 1 to {@link #MAX_TREES}; all for one shard of the receiver
   */
  record CompareRoots(long id, List<TreeRoot> trees, int timeoutMillis) implements TreeRequest {
    public static final int MAX_TREES = 512;

    public CompareRoots {
      trees = List.copyOf(trees);
    }

    @Override
    public int partition() {
      return trees.getFirst().tree().partition();
    }
  }

  /** A tree's root at the asker. */
  record TreeRoot(TreeId tree, Hash128 root) {}

  /** How each tree compares, in the order of the question. */
  record RootsCompared(long id, List<Likeness> trees) implements TreeReply {
    public RootsCompared {
      trees = List.copyOf(trees);
    }
  }

  /** How a tree of the asked compares to the asker's. */
  enum Likeness {
    SAME,
    DIFFERENT,
    /** The asked has none that it would vouch for: it is being made. */
    NOT_READY,
    /** By its bucket types and lists the asked has no such tree, and never will. */
    NOT_SHARED
  }

  /**
   * Asks for the leaves of the branches that differ.
   *
   * @param branches the hashes of the asker's, all of them in order
   */
  record CompareBranches(long id, TreeId tree, List<Hash128> branches, int timeoutMillis)
      implements TreeRequest {
    public CompareBranches {
      branches = List.copyOf(branches);
    }

    @Override
    public int partition() {
      return tree.partition();
    }
  }

  /** The branches that differ, with their leaves at the asked. */
  record BranchesCompared(long id, List<BranchLeaves> differing) implements TreeReply {
    public BranchesCompared {
      differing = List.copyOf(differing);
    }
  }

  /**
   * A branch of a tree.
   *
   * @param number 0 to {@link MerkleTree#BRANCHES} - 1
   * @param leaves all of them in order
   */
  record BranchLeaves(int number, List<Hash128> leaves) {
    public BranchLeaves {
      leaves = List.copyOf(leaves);
    }
  }

  /**
   * Asks for the keys of some segments with the hashes of their states, in the order of encoded
   * keys.
   *
   * @param after where to go on; empty: at the first
   */
  record ListKeys(
      long id, TreeId tree, Segments segments, Optional<ItemKey> after, int timeoutMillis)
      implements TreeRequest {
    @Override
    public int partition() {
      return tree.partition();
    }
  }

  /**
   * A page of the keys asked for.
   *
   * @param keys ascending
   * @param upTo how far the page reaches, farther than where it began: no further key up to this
   *     one is in the segments; empty: there are no more
   */
  record KeysListed(long id, KeyDigests keys, Optional<ItemKey> upTo) implements TreeReply {}

  /** A key with the hash of its state. */
  record KeyDigest(ItemKey key, Hash128 state) {}

  /**
   * Asks how a member's records compare to other members', all its shards together; goes over any
   * link.
   *
   * @param start whether it shall compare them all anew, now
   */
  record RepairQuery(long id, boolean start, int timeoutMillis) implements Request {}

  /** How a member's records compare to others'. */
  record RepairReport(long id, RepairState state) implements TreeReply {}

  /**
   * How records of one member compare to others'.
   *
   * @param inSync whether the last comparison with each member that answers was complete
   * @param differing how many keys are known to differ and are not repaired yet
   * @param repaired how many keys this member made equal since its start
   */
  record RepairState(boolean inSync, long differing, long repaired) {}

  /**
   * Tells how the asking node stands to the barriers, and asks for the same; goes over any link.
   *
   * @param current the barrier under which the asker begins its work
   * @param remembered the barrier that the asked told the asker that it had reached; 0 if none
   */
  record BarrierQuery(long id, long current, long remembered, int timeoutMillis)
      implements Request {}

  /**
   * How a node stands to the barriers.
   *
   * @param remembered the barrier that the asker told that it had reached; 0 if none
   */
  record BarrierReport(long id, Standing standing, long remembered) implements ForgettingReply {}

  /**
   * Asks a primary whether it holds just these states, and would forget the same of them; those it
   * confirms are safe from a loss of power (ADR 15).
   *
   * @param keys of one tree, at least one
   */
  record ConfirmForgettable(long id, TreeId tree, List<Forgettable> keys, int timeoutMillis)
      implements PartitionRequest {
    public ConfirmForgettable {
      keys = List.copyOf(keys);
    }

    @Override
    public int partition() {
      return tree.partition();
    }
  }

  /**
   * A key of whose state something can be forgotten.
   *
   * @param state the hash of the state
   * @param remains the hash of what remains of it
   */
  record Forgettable(ItemKey key, Hash128 state, Hash128 remains) {}

  /**
   * Which states a primary confirms.
   *
   * @param confirmed in the order of the question
   * @param start of the primary's process: what it confirmed it did not confirm after another
   * @param reached the barrier that the primary has reached
   */
  record ForgettableConfirmed(long id, List<Boolean> confirmed, long start, long reached)
      implements ForgettingReply {
    public ForgettableConfirmed {
      confirmed = List.copyOf(confirmed);
    }
  }

  /**
   * Asks a primary to forget what is proven to be nowhere else.
   *
   * @param proof the barrier since which all members held nothing older
   */
  record Forget(long id, TreeId tree, List<Forgettable> keys, long proof, int timeoutMillis)
      implements PartitionRequest {
    public Forget {
      keys = List.copyOf(keys);
    }

    @Override
    public int partition() {
      return tree.partition();
    }
  }

  /** Of how many keys a primary has forgotten what was asked for. */
  record Forgot(long id, int keys) implements ForgettingReply {}

  /**
   * Asks what the receiver forgot since a barrier: for a node whose directory is an older copy.
   *
   * @param copyReached the barrier that the copy had reached
   */
  record ForgotQuery(long id, long copyReached, int timeoutMillis) implements Request {}

  /** The partitions of which such a copy may hold what was forgotten since. */
  record ForgotReport(long id, List<Integer> partitions) implements ForgettingReply {
    public ForgotReport {
      partitions = List.copyOf(partitions);
    }
  }

  /** What became of a forwarded write. */
  record ForwardedOutcome(long id, PutOutcome outcome) implements Reply {}

  /** What the member has of the key. */
  record Inspected(long id, KeyReport report) implements Reply {}

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
    STORAGE_FAILED,
    /** The tree that was asked for is being made, or is not this member's. */
    NOT_READY,
    /** The work began so long ago that what it carries may have been forgotten since. */
    OUTDATED
  }
}
