package io.cartwheel.core.membership;

import io.cartwheel.core.ring.MemberId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Tells, from what answers one shard, which members it can count on (Dynamo §4.8.3): local, never
 * agreed with anybody, and only ever a reason to ask somebody else first.
 *
 * <p>Suspicion grows with silence, measured against how regularly the member used to answer
 * (Hayashibara et al., "The φ accrual failure detector", SRDS 2004): φ = 8 means that so long a
 * silence had a chance of 10⁻⁸. A connection that is refused or breaks is suspected at once.
 * Whoever answers again is trusted again. Only answers count, so that a link on which nothing goes
 * out any more shows even while the member's own messages come in. Takes the time as an argument;
 * one shard, one thread.
 */
public final class FailureDetector {
  /** Beyond this the member is suspected. */
  public static final double THRESHOLD = 8;

  /** Answers come in bursts under load: closer ones than this tell nothing of the rhythm. */
  private static final long LEAST_INTERVAL_NANOS = 200_000_000L;

  /** A longer silence is an absence: it says nothing of the rhythm of who is back from it. */
  private static final long MOST_INTERVAL_NANOS = 2_000_000_000L;

  /** However regular a member was, a pause of its collector or its disk is no death. */
  private static final double LEAST_DEVIATION_NANOS = 50_000_000.0;

  /** A new interval weighs an eighth. */
  private static final double WEIGHT = 1.0 / 8;

  private final Map<MemberId, Peer> peers = new LinkedHashMap<>();

  /** What a shard holds of a member. */
  public enum Health {
    /** It answers. */
    HEALTHY,
    /** Nobody has tried it yet. */
    UNTRIED,
    /** It refused, broke off, or is silent for too long. */
    SUSPECT
  }

  /**
   * One member as it is seen.
   *
   * @param phi how unlikely so long a silence is, as the power of ten; 0 unless connected
   * @param slow whether it said that it finds itself slow
   */
  public record Opinion(Health health, double phi, boolean slow) {}

  private static final class Peer {
    private boolean tried;
    private boolean connected;
    private boolean slow;
    private long heardNanos;
    private long sampledNanos;
    private double mean = LEAST_INTERVAL_NANOS;
    private double variance;

    void sample(long nowNanos) {
      long interval = nowNanos - sampledNanos;
      if (interval >= LEAST_INTERVAL_NANOS) {
        double off = Math.min(interval, MOST_INTERVAL_NANOS) - mean;
        mean += WEIGHT * off;
        variance += WEIGHT * (off * off - variance);
        sampledNanos = nowNanos;
      }
    }

    /** By the logistic approximation of the normal distribution's tail. */
    double phi(long nowNanos) {
      if (!connected) {
        return 0;
      }
      double deviation = Math.max(LEAST_DEVIATION_NANOS, StrictMath.sqrt(variance));
      double y = (nowNanos - heardNanos - mean) / deviation;
      double e = StrictMath.exp(-y * (1.5976 + 0.070566 * y * y));
      double later = y > 0 ? e / (1 + e) : 1 - 1 / (1 + e);
      return Math.max(0, -StrictMath.log10(Math.max(Double.MIN_NORMAL, later)));
    }
  }

  /** A connection stands: the member shook hands. */
  public void connected(MemberId member, long nowNanos) {
    Peer peer = peer(member);
    peer.tried = true;
    peer.connected = true;
    peer.heardNanos = nowNanos;
    peer.sampledNanos = nowNanos;
  }

  /** The connection broke, or could not be made. */
  public void lost(MemberId member) {
    Peer peer = peer(member);
    peer.tried = true;
    peer.connected = false;
  }

  /** The member answered something. */
  public void answered(MemberId member, long nowNanos) {
    Peer peer = peer(member);
    peer.sample(nowNanos);
    peer.heardNanos = nowNanos;
  }

  /** The member said whether it finds itself slow. */
  public void said(MemberId member, boolean slow) {
    peer(member).slow = slow;
  }

  /** This shard itself was held up for so long, so nobody's silence during it says anything. */
  public void heldUp(long nanos) {
    for (Peer peer : peers.values()) {
      peer.heardNanos += nanos;
      peer.sampledNanos += nanos;
    }
  }

  /** Whether nothing was heard of the member for a while, so that it is worth asking for a sign. */
  public boolean isQuiet(MemberId member, long nowNanos) {
    Peer peer = peers.get(member);
    return peer != null && peer.connected && nowNanos - peer.heardNanos >= LEAST_INTERVAL_NANOS / 2;
  }

  /** Whether the member has answered anything since that moment. */
  public boolean answeredSince(MemberId member, long nanos) {
    Peer peer = peers.get(member);
    return peer != null && peer.heardNanos > nanos;
  }

  public Health healthOf(MemberId member, long nowNanos) {
    Peer peer = peers.get(member);
    if (peer == null || !peer.tried) {
      return Health.UNTRIED;
    }
    return peer.connected && peer.phi(nowNanos) < THRESHOLD ? Health.HEALTHY : Health.SUSPECT;
  }

  public boolean saysItIsSlow(MemberId member) {
    Peer peer = peers.get(member);
    return peer != null && peer.slow;
  }

  /** All members heard of, for people to look at. */
  public SortedMap<MemberId, Opinion> opinions(long nowNanos) {
    var opinions = new TreeMap<MemberId, Opinion>();
    peers.forEach((member, peer) ->
        opinions.put(
            member, new Opinion(healthOf(member, nowNanos), peer.phi(nowNanos), peer.slow)));
    return opinions;
  }

  private Peer peer(MemberId member) {
    return peers.computeIfAbsent(member, _ -> new Peer());
  }
}
