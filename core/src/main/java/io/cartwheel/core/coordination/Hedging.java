package io.cartwheel.core.coordination;

import io.cartwheel.core.message.Message;
import io.cartwheel.core.overload.HedgeBudget;
import io.cartwheel.core.overload.LatencyWindow;
import io.cartwheel.core.port.Clock;
import io.cartwheel.core.ring.MemberId;
import java.util.Optional;

/**
 * When somebody else is asked too because an answer is late: after longer than nearly all answers
 * of the kind took of late (see {@link LatencyWindow}), and for mere slowness only so often (see
 * {@link HedgeBudget}).
 */
final class Hedging {
  private final Readiness readiness;
  private final Clock clock;
  private final LatencyWindow reads = new LatencyWindow();
  private final LatencyWindow writes = new LatencyWindow();
  private final LatencyWindow forwards = new LatencyWindow();
  private final HedgeBudget budget = new HedgeBudget();

  Hedging(Readiness readiness, Clock clock) {
    this.readiness = readiness;
    this.clock = clock;
  }

  /** Notes that a question is asked: so many allow one to be asked twice. */
  void asked() {
    budget.earn();
  }

  /** Where it is noted how long the answer took, if that tells anything. */
  Optional<LatencyWindow> timesOf(Message.Request request) {
    return switch (request) {
      case Message.ReplicaGet _ -> Optional.of(reads);
      case Message.ReplicaPut _ -> Optional.of(writes);
      case Message.ForwardedPut _ -> Optional.of(forwards);
      case Message.Inspect _,
          Message.PartitionRequest _,
          Message.RepairQuery _,
          Message.BarrierQuery _,
          Message.ForgotQuery _,
          Message.Heartbeat _ ->
          Optional.empty();
    };
  }

  /** After so long a replica's answer to a read is late. */
  long readNanos() {
    return reads.hedgeNanos(clock.nanos());
  }

  /** After so long a replica's answer to a write is late. */
  long writeNanos() {
    return writes.hedgeNanos(clock.nanos());
  }

  /** After so long a coordinator's answer to a forwarded write is late. */
  long forwardNanos() {
    return forwards.hedgeNanos(clock.nanos());
  }

  /**
   * Whether somebody else may be asked because a member has not answered what it was asked then. A
   * silent one may be gone; one that answers other questions is just busy, and asking others in its
   * place spreads that: it is done for few.
   */
  boolean mayHedge(MemberId member, long askedNanos) {
    return readiness.isSilentSince(member, askedNanos) || budget.spend();
  }
}
