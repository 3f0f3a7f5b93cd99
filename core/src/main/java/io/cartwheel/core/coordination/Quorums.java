package io.cartwheel.core.coordination;

import io.cartwheel.core.bucket.BucketType;
import io.cartwheel.core.bucket.Quorum;
import io.cartwheel.core.message.Failure;
import io.cartwheel.core.message.GetRequest;
import io.cartwheel.core.message.PutRequest;
import java.util.Optional;

/**
 * The numbers that a request's words come to, for a type and the N there is (Dynamo §4.5).
 *
 * <p>Symbolic quorums follow N. A number above the type's n is a mistake; one above N but not above
 * n can't be met now.
 */
final class Quorums {
  private Quorums() {}

  /**
   * What ends a read.
   *
   * @param owners N
   * @param r owners for whom somebody must answer, each a member of its own; at least pr
   * @param pr owners that must answer themselves
   * @param nodes distinct members that must answer
   * @param sloppy whether others may stand in for owners
   */
  record Read(
      int owners,
      int r,
      int pr,
      int nodes,
      boolean sloppy,
      boolean notFoundOk,
      boolean basicQuorum) {

    /**
     * The part of the quorum that is wanting.
     *
     * @param understood for how many owners somebody answered
     * @param primaries how many of them did so themselves
     */
    Failure shortfall(int understood, int primaries) {
      return understood >= r && primaries < pr
          ? new Failure.Unavailable(pr, primaries, false, true)
          : new Failure.Unavailable(Math.max(r, nodes), understood, false);
    }
  }

  /**
   * What ends a write.
   *
   * @param owners N
   * @param w owners for whom somebody must take it, each a member of its own; at least pw and dw
   * @param dw as w, durably
   * @param pw owners that must take it themselves
   * @param nodes distinct members that must take it
   * @param sloppy whether others may stand in for owners
   */
  record Write(int owners, int w, int dw, int pw, int nodes, boolean sloppy) {}

  static Read read(BucketType type, int owners, GetRequest.Options options) {
    BucketType.Quorums usual = type.quorums();
    int r = options.r().among(owners, usual.r());
    int pr = options.pr().among(owners, usual.pr());
    return new Read(
        owners,
        Math.max(1, Math.max(r, pr)),
        pr,
        options.nodeConfirms(),
        options.sloppy().orElse(usual.sloppy()),
        options.notFoundOk().orElse(usual.notFoundOk()),
        options.basicQuorum().orElse(usual.basicQuorum()));
  }

  static Write write(BucketType type, int owners, PutRequest.Options options) {
    BucketType.Quorums usual = type.quorums();
    int w = options.w().among(owners, usual.w());
    int pw = options.pw().among(owners, usual.pw());
    int needed = Math.max(1, Math.max(w, pw));
    int dw =
        options.dw().equals(Quorum.DEFAULT)
            ? Math.min(usual.dw().among(owners, Quorum.QUORUM), needed)
            : options.dw().among(owners, usual.dw());
    return new Write(
        owners,
        Math.max(needed, dw),
        dw,
        pw,
        options.nodeConfirms(),
        options.sloppy().orElse(usual.sloppy()));
  }

  static Optional<Failure> refusal(BucketType type, Read read) {
    return refusal(type, Math.max(read.r(), read.nodes()), read.owners());
  }

  static Optional<Failure> refusal(BucketType type, Write write) {
    return refusal(type, Math.max(write.w(), write.nodes()), write.owners());
  }

  private static Optional<Failure> refusal(BucketType type, int needed, int owners) {
    if (needed > type.n()) {
      String reason = needed + " replicas asked for, but the type has n=" + type.n();
      return Optional.of(new Failure.Invalid(reason));
    }
    return needed > owners
        ? Optional.of(new Failure.Unavailable(needed, owners, false))
        : Optional.empty();
  }
}
