package io.cartwheel.core.antientropy;

import io.cartwheel.core.coordination.Surroundings;
import io.cartwheel.core.membership.ClusterView;
import io.cartwheel.core.membership.FailureDetector.Health;
import io.cartwheel.core.port.Observer;
import io.cartwheel.core.replica.HintLedger;
import io.cartwheel.core.ring.MemberId;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * When this shard compares itself with whom: with every member that shares trees with it now and
 * then, and soon after a start, a member's return, or the last hint for it was handed over. One
 * round at a time.
 */
final class ExchangeSchedule {
  private static final long TURN_NANOS = 250_000_000L;
  private static final long SOON_NANOS = 1_000_000_000L;

  /** After a round that came to no end; twice as long after each further one, */
  private static final long AFTER_FAILURE_NANOS = 5_000_000_000L;

  /** but no longer than this: what kept it from its end may be over. */
  private static final long LONGEST_AFTER_FAILURE_NANOS = 300_000_000_000L;

  /** For so long a round waits for trees to be made; then it does with those that there are. */
  private static final long TREES_NANOS = 60_000_000_000L;

  /** An owner that is not seen for so long can't be waited for to be whole again. */
  private static final long ABSENT_NANOS = 60_000_000_000L;

  private final Surroundings around;
  private final Supplier<ClusterView> view;
  private final Trees trees;
  private final HintLedger hints;
  private final Rounds rounds;
  private final long everyNanos;
  private final Map<MemberId, Peer> peers = new LinkedHashMap<>();
  private Set<MemberId> owed = new LinkedHashSet<>();
  private Set<MemberId> members = new LinkedHashSet<>();
  private @Nullable ClusterView membersOf;
  private long absentSinceNanos;
  private boolean underWay;

  /** Makes a round with another member. */
  interface Rounds {
    void run(MemberId peer, Consumer<Exchange.Outcome> done);
  }

  private static final class Peer {
    private long dueNanos;
    private boolean suspect;
    private boolean met;

    /** There is a reason for a round that has not begun yet: one that ends before says nothing. */
    private boolean awaited;

    private int failures;
    private Optional<Exchange.Outcome> last = Optional.empty();

    Peer(long now) {
      dueNanos = now;
    }

    int unrepaired() {
      return last.map(outcome -> outcome.differing() - outcome.repaired()).orElse(0);
    }

    boolean isInSync() {
      return !awaited && last.isPresent() && last.get().complete();
    }

    boolean isUnlike() {
      return last.isPresent() && last.get().unlike();
    }
  }

  ExchangeSchedule(
      Surroundings around,
      Supplier<ClusterView> view,
      Trees trees,
      HintLedger hints,
      Rounds rounds,
      long everyNanos) {
    this.around = around;
    this.view = view;
    this.trees = trees;
    this.hints = hints;
    this.rounds = rounds;
    this.everyNanos = everyNanos;
  }

  /** Begins: all members are due. */
  void start() {
    absentSinceNanos = around.clock().nanos();
    later();
  }

  /**
   * All members are due, and none counts as in sync until a round with it has ended that began
   * after this.
   */
  void hurry() {
    long now = around.clock().nanos();
    for (Peer peer : peers.values()) {
      peer.dueNanos = now;
      peer.awaited = true;
    }
  }

  /** How many keys are known to differ from other members' and are not repaired yet. */
  int differing() {
    return peers.values().stream().mapToInt(Peer::unrepaired).sum();
  }

  /** With how many members no round can be complete before their bucket types are this one's. */
  int unlike() {
    return (int) peers.values().stream().filter(Peer::isUnlike).count();
  }

  /** Whether the last round with each member that answers was complete, and none is awaited. */
  boolean isInSync() {
    return trees.isWhole()
        && !underWay
        && members().stream()
            .map(peers::get)
            .allMatch(peer -> peer != null && (peer.suspect || peer.isInSync()));
  }

  /**
   * Whether all that this shard lost is back, as far as there is anybody to have it from: it has
   * exchanged with each member that it shares trees with, but for those that are long absent.
   */
  boolean isRefilled() {
    boolean longEnough = around.clock().nanos() - absentSinceNanos >= ABSENT_NANOS;
    return trees.isWhole()
        && members().stream()
            .map(peers::get)
            .allMatch(peer -> peer != null && (peer.met || longEnough && peer.suspect));
  }

  /** The members to compare with; they change with the view only. */
  private Set<MemberId> members() {
    ClusterView now = view.get();
    if (now != membersOf) {
      membersOf = now;
      members = new LinkedHashSet<>(now.ring().members());
      members.remove(now.self());
      members.removeIf(member -> trees.sharedWith(member).isEmpty());
    }
    return members;
  }

  private void later() {
    around.timers().after(TURN_NANOS, this::turn);
  }

  private void turn() {
    later();
    long now = around.clock().nanos();
    noteMembers(now);
    noteHints(now);
    // A partition whose trees can't be made must not keep all others from being compared.
    long dueBy = trees.isWhole() ? now : now - TREES_NANOS;
    if (!underWay) {
      peers.entrySet().stream()
          .filter(each -> !each.getValue().suspect && each.getValue().dueNanos <= dueBy)
          .min(Comparator.comparingLong(each -> each.getValue().dueNanos))
          .ifPresent(each -> begin(each.getKey(), each.getValue()));
    }
  }

  private void noteMembers(long now) {
    Set<MemberId> members = members();
    peers.keySet().retainAll(members);
    for (MemberId member : members) {
      Peer peer = peers.computeIfAbsent(member, _ -> new Peer(now));
      boolean suspect = around.readiness().healthOf(member) == Health.SUSPECT;
      if (peer.suspect && !suspect) {
        soon(peer, now);
      }
      peer.suspect = suspect;
    }
  }

  /** Who was handed its last hint has all that was kept for it here, but for what hints missed. */
  private void noteHints(long now) {
    var owedNow = new LinkedHashSet<>(hints.owners());
    owed.removeAll(owedNow);
    for (MemberId paid : owed) {
      Optional.ofNullable(peers.get(paid)).ifPresent(peer -> soon(peer, now));
    }
    owed = owedNow;
  }

  private static void soon(Peer peer, long now) {
    peer.dueNanos = Math.min(peer.dueNanos, now + SOON_NANOS);
    peer.awaited = true;
  }

  private void begin(MemberId member, Peer peer) {
    underWay = true;
    peer.dueNanos = Long.MAX_VALUE;
    peer.awaited = false;
    rounds.run(
        member,
        outcome -> {
          underWay = false;
          peer.last = Optional.of(outcome);
          if (outcome.complete() && !peer.met) {
            peer.met = true;
            around.observer().count(Observer.Event.EXCHANGED_SINCE_START);
          }
          peer.failures = outcome.complete() ? 0 : peer.failures + 1;
          long next = around.clock().nanos() + pause(outcome, peer.failures);
          peer.dueNanos = Math.min(peer.dueNanos, next);
        });
  }

  private long pause(Exchange.Outcome outcome, int failures) {
    if (outcome.complete() || outcome.unlike()) {
      return everyNanos;
    }
    int doublings = Math.min(failures - 1, Long.SIZE / 4);
    long pause = Math.min(AFTER_FAILURE_NANOS << doublings, LONGEST_AFTER_FAILURE_NANOS);
    return Math.min(pause, everyNanos);
  }
}
