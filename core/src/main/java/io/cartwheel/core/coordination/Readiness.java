package io.cartwheel.core.coordination;

import io.cartwheel.core.membership.FailureDetector;
import io.cartwheel.core.membership.FailureDetector.Health;
import io.cartwheel.core.port.Clock;
import io.cartwheel.core.ring.MemberId;
import java.util.Comparator;
import java.util.List;

/**
 * Whom a shard counts on, and in which order: by whether members answer, how soon, and whether they
 * find themselves slow. Itself it takes for healthy.
 */
public final class Readiness {
  private final MemberId self;
  private final Clock clock;
  private final FailureDetector detector = new FailureDetector();
  private final ReplyTimes replyTimes = new ReplyTimes();
  private boolean slow;

  Readiness(MemberId self, Clock clock) {
    this.self = self;
    this.clock = clock;
  }

  /** What this shard thinks of the members, itself left out. */
  public FailureDetector detector() {
    return detector;
  }

  public Health healthOf(MemberId member) {
    return member.equals(self) ? Health.HEALTHY : detector.healthOf(member, clock.nanos());
  }

  boolean isHealthy(MemberId member) {
    return healthOf(member) == Health.HEALTHY;
  }

  boolean isSuspect(MemberId member) {
    return healthOf(member) == Health.SUSPECT;
  }

  /** Whether nothing at all came from another member since that moment. */
  boolean isSilentSince(MemberId member, long nanos) {
    return !member.equals(self) && !detector.answeredSince(member, nanos);
  }

  /** Whether this shard finds itself slow of late: then others had better coordinate. */
  public boolean isSlow() {
    return slow;
  }

  void slow(boolean now) {
    slow = now;
  }

  /**
   * The members as they are best asked: this one unless it is slow, then those that answer by their
   * reply times, then those not tried yet, then the suspects.
   */
  List<MemberId> order(List<MemberId> members) {
    return members.stream()
        .sorted(
            Comparator.comparing((MemberId member) -> !member.equals(self) || slow)
                .thenComparing(this::healthOf)
                .thenComparing(member -> member.equals(self) ? slow : detector.saysItIsSlow(member))
                .thenComparingLong(replyTimes::expectedNanos))
        .toList();
  }

  /** Notes that a member answered something. */
  void answered(MemberId member) {
    if (!member.equals(self)) {
      detector.answered(member, clock.nanos());
    }
  }

  /** Notes how long a member took to answer, or has not answered yet: those go after others. */
  void took(MemberId member, long nanos) {
    replyTimes.replied(member, nanos);
  }
}
