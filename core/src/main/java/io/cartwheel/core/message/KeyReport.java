package io.cartwheel.core.message;

import io.cartwheel.core.item.Hash128;
import io.cartwheel.core.merkle.TreeId;
import io.cartwheel.core.ring.MemberId;
import io.cartwheel.core.version.Content;
import io.cartwheel.core.version.Dot;
import io.cartwheel.core.version.Epoch;
import io.cartwheel.core.version.Sibling;
import io.cartwheel.core.version.VersionSet;
import io.cartwheel.core.version.VersionVector;
import java.util.List;
import java.util.Optional;

/**
 * What one member has of a key, for people who wonder what became of it: everything but the values.
 *
 * @param recovering whether the member may have lost data, of whatever keys, and has not refilled
 * @param copy the key's record there
 * @param debt to whom the member owes the record, if to anybody
 * @param segment what the key's part of its Merkle tree holds there; empty at who is no owner
 */
public record KeyReport(
    boolean recovering, Copy copy, Optional<Debt> debt, Optional<Segment> segment) {

  /** Of a member that is no owner. */
  public KeyReport(boolean recovering, Copy copy, Optional<Debt> debt) {
    this(recovering, copy, debt, Optional.empty());
  }

  /** A member's record of a key. */
  public sealed interface Copy {
    /** There is none. */
    record Absent() implements Copy {}

    /** There is one that can't be read as it was written; nobody has set it aside yet. */
    record Damaged() implements Copy {}

    /**
     * There is one.
     *
     * @param hash the digest of the whole state: equal states have equal ones
     * @param clock what was seen
     * @param versions what of it is live, ascending by dot
     * @param lossMark not 0 while this copy may lack writes that it once acknowledged
     * @param epoch the epoch in which the member last coordinated a write of the key
     */
    record Held(
        Hash128 hash,
        VersionVector clock,
        List<Version> versions,
        long lossMark,
        Optional<Epoch> epoch)
        implements Copy {
      public Held {
        versions = List.copyOf(versions);
      }

      public static Held of(VersionSet state, long lossMark, Optional<Epoch> epoch) {
        List<Version> versions = state.siblings().stream().map(Version::of).toList();
        return new Held(state.hash(), state.clock(), versions, lossMark, epoch);
      }
    }
  }

  /**
   * A live version without what it put.
   *
   * @param contentHash the digest of all that the write put: the value, what describes it, the time
   * @param valueBytes how long the value is
   * @param writtenMillis the coordinator's wall clock at the write
   * @param expiresMillis from when on reads show it as absent, by the reader's wall clock; empty:
   *     it lasts
   */
  public record Version(
      Dot dot,
      boolean tombstone,
      Hash128 contentHash,
      int valueBytes,
      long writtenMillis,
      Optional<Long> expiresMillis) {

    static Version of(Sibling sibling) {
      Content content = sibling.content();
      return new Version(
          sibling.dot(),
          content.tombstone(),
          content.encoded().hash(),
          content.value().length(),
          content.writtenMillis(),
          content.expires() ? Optional.of(content.expiresMillis()) : Optional.empty());
    }
  }

  /**
   * The part of a Merkle tree that a key is in (Dynamo §4.7).
   *
   * @param number which of the tree's segments
   * @param leaf the hash of what the segment holds; empty while the tree is not vouched for
   */
  public record Segment(TreeId tree, int number, Optional<Hash128> leaf) {}

  /**
   * That the record is kept for others (Dynamo §4.6).
   *
   * @param owners to whom it is owed, at least one
   * @param sinceMillis since when by the member's wall clock; unknown for a moment after its start
   */
  public record Debt(List<MemberId> owners, Optional<Long> sinceMillis) {
    public Debt {
      owners = List.copyOf(owners);
      if (owners.isEmpty()) {
        throw new IllegalArgumentException("owed to nobody");
      }
    }
  }
}
