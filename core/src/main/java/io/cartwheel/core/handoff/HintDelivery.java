package io.cartwheel.core.handoff;

import io.cartwheel.core.coordination.Inquiry;
import io.cartwheel.core.coordination.Surroundings;
import io.cartwheel.core.membership.ClusterView;
import io.cartwheel.core.membership.FailureDetector.Health;
import io.cartwheel.core.message.Message;
import io.cartwheel.core.replica.HintLedger;
import io.cartwheel.core.replica.HintLedger.Due;
import io.cartwheel.core.replica.Replica;
import io.cartwheel.core.replica.ReplicaOutcome;
import io.cartwheel.core.ring.MemberId;
import io.cartwheel.core.version.VersionSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * Brings what is owed to owners that answer again (Dynamo §4.6): the oldest debts first, whoever
 * they are owed to, and so many a second.
 *
 * <p>A delivery reads the record, sends its state as any write is sent, and strikes the owner off
 * once it says that it holds it durably. Whatever goes wrong, the hint stays and is tried again; an
 * owner that refuses or does not answer is left alone for a while.
 */
public final class HintDelivery {
  private static final long INTERVAL_NANOS = 50_000_000L;
  private static final int TURNS_PER_SECOND = (int) (1_000_000_000L / INTERVAL_NANOS);
  private static final int TIMEOUT_MILLIS = 5_000;
  private static final long LEFT_ALONE_NANOS = 1_000_000_000L;

  private final Surroundings around;
  private final Replica replica;
  private final HintLedger ledger;
  private final Supplier<ClusterView> view;
  private final Pace pace;
  private final Map<Due, Attempt> underWay = new LinkedHashMap<>();
  private final Map<MemberId, Long> leftAloneUntil = new LinkedHashMap<>();

  private record Attempt(long untilNanos, OptionalLong question) {}

  /**
   * Delivery of a shard's hints.
   *
   * @param perSecond how many at most are begun each second
   */
  public HintDelivery(
      Surroundings around,
      Replica replica,
      HintLedger ledger,
      Supplier<ClusterView> view,
      double perSecond) {
    this.around = around;
    this.replica = replica;
    this.ledger = ledger;
    this.view = view;
    pace = new Pace(perSecond, TURNS_PER_SECOND);
  }

  /** Begins, and goes on for as long as the shard lives. */
  public void start() {
    around.timers().after(INTERVAL_NANOS, this::turn);
  }

  /** Forgets whom it meant to leave alone, and tries all owners now. */
  public void hurry() {
    leftAloneUntil.clear();
  }

  private void turn() {
    start();
    pace.turn();
    if (ledger.isEmpty()) {
      return;
    }
    long now = around.clock().nanos();
    underWay.entrySet().removeIf(each -> isOver(each.getKey(), each.getValue(), now));
    int allowed = pace.allowed(underWay.size());
    List<MemberId> reachable =
        ledger.owners().stream().filter(owner -> isWorthTrying(owner, now)).toList();
    List<Due> next = ledger.oldest(reachable, allowed, due -> !underWay.containsKey(due));
    pace.began(next.size());
    next.forEach(due -> deliver(due, now));
  }

  private boolean isOver(Due due, Attempt attempt, long now) {
    boolean over = now >= attempt.untilNanos();
    if (over) {
      leaveAlone(due.owner());
      attempt.question().ifPresent(around.inquiries()::forget);
    }
    return over;
  }

  private boolean isWorthTrying(MemberId owner, long now) {
    return around.readiness().healthOf(owner) == Health.HEALTHY
        && now >= leftAloneUntil.getOrDefault(owner, Long.MIN_VALUE);
  }

  private void deliver(Due due, long now) {
    underWay.put(due, new Attempt(until(now), OptionalLong.empty()));
    replica.read(
        due.address(),
        outcome -> {
          switch (outcome) {
            case ReplicaOutcome.Held(VersionSet state, _) -> send(due, state);
            case ReplicaOutcome.Expired _,
                ReplicaOutcome.Overloaded _,
                ReplicaOutcome.HintsFull _,
                ReplicaOutcome.SiblingsFull _,
                ReplicaOutcome.StorageFailed _ ->
                putOff(due);
          }
        });
  }

  private void send(Due due, VersionSet state) {
    if (state.isEmpty()) {
      // The record was lost or has gone: there is nothing left to owe.
      settle(due, state);
      return;
    }
    var asker = new Asker(due, state);
    long question =
        around
            .inquiries()
            .ask(
                due.owner(),
                asker,
                id ->
                    new Message.ReplicaPut(
                        id,
                        due.address().key(),
                        view.get().ring().version(),
                        state,
                        List.of(),
                        TIMEOUT_MILLIS));
    long until = until(around.clock().nanos());
    underWay.put(due, new Attempt(until, OptionalLong.of(question)));
  }

  private static long until(long now) {
    return now + TIMEOUT_MILLIS * 1_000_000L;
  }

  private final class Asker implements Inquiry {
    private final Due due;
    private final VersionSet state;

    Asker(Due due, VersionSet state) {
      this.due = due;
      this.state = state;
    }

    @Override
    public void replied(MemberId from, Message.Reply reply) {
      if (reply instanceof Message.ReplicaStored(_, boolean durable) && durable) {
        settle(due, state);
      } else {
        putOff(due);
      }
    }

    @Override
    public void failed(MemberId member) {
      putOff(due);
    }
  }

  private void settle(Due due, VersionSet delivered) {
    boolean keep = view.get().primariesOf(due.address().key()).contains(view.get().self());
    replica.settle(due.address(), due.owner(), delivered, keep, _ -> underWay.remove(due));
  }

  private void putOff(Due due) {
    underWay.remove(due);
    leaveAlone(due.owner());
  }

  private void leaveAlone(MemberId owner) {
    leftAloneUntil.put(owner, around.clock().nanos() + LEFT_ALONE_NANOS);
  }
}
