package io.cartwheel.core.bucket;

import io.cartwheel.core.version.ConflictPolicy;
import java.time.Duration;
import java.util.Optional;

/**
 * What the items of one type share.
 *
 * @param name the type's name, as in URLs
 * @param n how many replicas each item has; fixed for the type's life
 * @param quorums what requests mean that do not say
 * @param policy what becomes of concurrent versions
 * @param fanout how many replicas a read asks
 * @param limits what a coordinated write is refused for
 * @param ttl how long a value lasts whose write does not say, empty for ever
 */
public record BucketType(
    String name,
    int n,
    Quorums quorums,
    ConflictPolicy policy,
    Fanout fanout,
    Limits limits,
    Optional<Duration> ttl) {

  public static final String DEFAULT_NAME = "default";

  /** The longest that a value may be said to last: who wants more wants it to stay. */
  public static final Duration MAX_TTL = Duration.ofDays(36_500);

  /** A type whose values last. */
  public BucketType(
      String name, int n, Quorums quorums, ConflictPolicy policy, Fanout fanout, Limits limits) {
    this(name, n, quorums, policy, fanout, limits, Optional.empty());
  }

  /** The type that exists without being declared: N=3, R=W=quorum, siblings kept. */
  public static BucketType byDefault() {
    return new BucketType(
        DEFAULT_NAME, 3, Quorums.DEFAULT, ConflictPolicy.SIBLINGS, Fanout.QUORUM, Limits.DEFAULT);
  }

  /**
   * Quorums and their companions, none of them {@code default}.
   *
   * @param r replicas that answer a read
   * @param w replicas that take a write
   * @param dw replicas that hold a write durably; at most w of them are awaited
   * @param pr primaries that answer a read
   * @param pw primaries that take a write
   * @param notFoundOk whether a replica's "not found" counts toward r
   * @param basicQuorum whether a majority of "not found" ends a read early, when those do not count
   * @param sloppy whether others may stand in for primaries that can't be reached
   */
  public record Quorums(
      Quorum r,
      Quorum w,
      Quorum dw,
      Quorum pr,
      Quorum pw,
      boolean notFoundOk,
      boolean basicQuorum,
      boolean sloppy) {
    public static final Quorums DEFAULT =
        new Quorums(
            Quorum.QUORUM,
            Quorum.QUORUM,
            Quorum.QUORUM,
            Quorum.NONE,
            Quorum.NONE,
            true,
            false,
            true);
  }

  /**
   * Limits on one item. The last two bind only writes that cover nothing: merges never refuse.
   *
   * @param valueBytes a value's size
   * @param siblings versions of one key
   * @param setBytes bytes of all versions of one key
   */
  public record Limits(int valueBytes, int siblings, int setBytes) {
    public static final Limits DEFAULT = new Limits(1 << 20, 100, 8 << 20);
  }
}
