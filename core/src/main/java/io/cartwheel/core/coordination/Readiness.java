package io.cartwheel.core.coordination;

import io.cartwheel.core.membership.FailureDetector;
import io.cartwheel.core.membership.FailureDetector.Health;
import io.cartwheel.core.port.Clock;
import io.cartwheel.core.ring.MemberId;
import java.util.ArrayList;
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
    var ranked = new ArrayList<Ranked>(members.size());
    for (MemberId member : members) {
      ranked.add(rank(member));
    }
    ranked.sort(Ranked.FIRST);
    var order = new ArrayList<MemberId>(ranked.size());
    for (Ranked each : ranked) {
      order.add(each.member());
    }
    return order;
  }

  /** What a member's place depends on, found out once and not at each comparison. */
  private record Ranked(
      MemberId member, boolean after, Health health, boolean slow, long expectedNanos) {
    static final Comparator<Ranked> FIRST =
        Comparator.comparing(Ranked::after)
            .thenComparing(Ranked::health)
            .thenComparing(Ranked::slow)
            .thenComparingLong(Ranked::expectedNanos);
  }

  private Ranked rank(MemberId member) {
    boolean here = member.equals(self);
    return new Ranked(
        member,
        !here || slow,
        healthOf(member),
        here ? slow : detector.saysItIsSlow(member),
        replyTimes.expectedNanos(member));
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
