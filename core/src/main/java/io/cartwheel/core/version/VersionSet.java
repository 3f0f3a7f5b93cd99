package io.cartwheel.core.version;

import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.item.Hash128;
import io.cartwheel.core.item.MalformedException;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The whole state of one key at one place: what was seen, and what of it is live.
 *
 * <p>A dotted version vector set: {@code clock} covers every write seen, {@code siblings} are those
 * that no seen write supersedes. States always travel whole, so that a clock never claims what its
 * holder did not get. Immutable; equal states have equal encodings.
 */
public final class VersionSet {
  public static final VersionSet EMPTY = new VersionSet(VersionVector.EMPTY, List.of(), null);

  private final VersionVector clock;

  /** Made once somebody needs them, of what was found sound; racing threads make the same. */
  private @Nullable List<Sibling> siblings;

  /** The canonical encoding once somebody needed it; racing threads compute the same. */
  private @Nullable Bytes encoded;

  VersionSet(VersionVector clock, @Nullable List<Sibling> siblings, @Nullable Bytes encoded) {
    this.clock = clock;
    this.siblings = siblings;
    this.encoded = encoded;
  }

  private static VersionSet of(VersionVector clock, List<Sibling> siblings) {
    return new VersionSet(clock, List.copyOf(siblings), null);
  }

  public VersionVector clock() {
    return clock;
  }

  /** The live versions, tombstones among them, ascending by dot. */
  public List<Sibling> siblings() {
    List<Sibling> known = siblings;
    if (known == null) {
      known = VersionSetCodec.siblings(clock, encoded());
      siblings = known;
    }
    return known;
  }

  /** Whether nothing was ever seen here: not even a tombstone. */
  public boolean isEmpty() {
    return clock.isEmpty();
  }

  /** The live versions that hold a value. */
  public List<Sibling> values() {
    return siblings().stream().filter(sibling -> !sibling.content().tombstone()).toList();
  }

  /**
   * What both have seen: a sibling stays that both have, or that the other has not seen.
   *
   * <p>Associative, commutative, idempotent. Two contents under one dot both stay.
   */
  public VersionSet merge(VersionSet that) {
    if (that.isEmpty() || isKnownToEqual(that)) {
      return this;
    }
    if (isEmpty()) {
      return that;
    }
    var live = new TreeSet<Sibling>();
    keepUnsuperseded(siblings(), that, live);
    keepUnsuperseded(that.siblings(), this, live);
    return of(clock.join(that.clock), List.copyOf(live));
  }

  /** Replicas mostly agree: what came encoded is compared as it came. */
  private boolean isKnownToEqual(VersionSet that) {
    return this == that || encoded != null && Objects.equals(encoded, that.encoded);
  }

  private static void keepUnsuperseded(
      List<Sibling> siblings, VersionSet other, TreeSet<Sibling> live) {
    for (Sibling sibling : siblings) {
      if (!other.clock.covers(sibling.dot()) || other.holds(sibling.dot())) {
        live.add(sibling);
      }
    }
  }

  /**
   * The state after a write: it supersedes exactly what {@code seen} covers.
   *
   * @param seen what the writer was shown, empty for a blind write
   * @param written the new version, under a dot never used before
   */
  public VersionSet update(VersionVector seen, Sibling written) {
    var live = new TreeSet<Sibling>();
    for (Sibling sibling : siblings()) {
      if (!seen.covers(sibling.dot())) {
        live.add(sibling);
      }
    }
    live.add(written);
    return of(clock.join(seen).with(written.dot()), List.copyOf(live));
  }

  /** The same knowledge with fewer live versions: for policies, which act at coordinators only. */
  VersionSet keeping(Predicate<Sibling> kept) {
    for (Sibling sibling : siblings()) {
      if (!kept.test(sibling)) {
        return of(clock, siblings().stream().filter(kept).toList());
      }
    }
    return this;
  }

  /**
   * What is shown of a resolved state: expired values are absent, and the clock covers them still,
   * so that a later write supersedes them. Never to be stored or sent to a replica (ADR 12).
   *
   * <p>Policies choose before: an expired winner must not bring back what it won over.
   */
  public VersionSet unexpiredAt(long wallMillis) {
    return keeping(sibling -> !sibling.isExpiredAt(wallMillis));
  }

  /**
   * What remains of a resolved state once it is proven that nothing older exists anywhere (ADR 15):
   * the values that have not expired, and what was seen of their epochs. Tombstones go, and what
   * was seen of epochs that no value is of.
   */
  public VersionSet forgottenAt(long wallMillis) {
    List<Sibling> kept =
        values().stream().filter(sibling -> !sibling.isExpiredAt(wallMillis)).toList();
    List<Epoch> epochs = kept.stream().map(sibling -> sibling.dot().epoch()).toList();
    return of(clock.of(epochs), kept);
  }

  public boolean holds(Dot dot) {
    for (Sibling sibling : siblings()) {
      if (sibling.dot().equals(dot)) {
        return true;
      }
    }
    return false;
  }

  /** How many siblings share their dot with another: 0 unless a disk was copied. */
  public int sharedDots() {
    List<Sibling> all = siblings();
    int shared = 0;
    for (int i = 1; i < all.size(); i++) {
      shared += all.get(i).dot().equals(all.get(i - 1).dot()) ? 1 : 0;
    }
    return shared;
  }

  /** The bytes that disks and wires carry. */
  public Bytes encoded() {
    Bytes known = encoded;
    if (known == null) {
      known = VersionSetCodec.encode(this);
      encoded = known;
    }
    return known;
  }

  public static VersionSet decode(Bytes encoded) throws MalformedException {
    return VersionSetCodec.decode(encoded);
  }

  /** A digest of the whole state: clock, dots and contents. */
  public Hash128 hash() {
    return encoded().hash();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof VersionSet that
        && clock.equals(that.clock)
        && siblings().equals(that.siblings());
  }

  @Override
  public int hashCode() {
    return clock.hashCode();
  }

  @Override
  public String toString() {
    return clock + " " + siblings().stream().map(Sibling::dot).toList();
  }
}
