package io.cartwheel.core.handoff;

import io.cartwheel.core.coordination.Inquiry;
import io.cartwheel.core.coordination.Surroundings;
import io.cartwheel.core.membership.ClusterView;
import io.cartwheel.core.membership.FailureDetector.Health;
import io.cartwheel.core.message.Message;
import io.cartwheel.core.port.StorageEngine.Address;
import io.cartwheel.core.replica.HintLedger;
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
 * Brings what is owed to owners that answer again (Dynamo §4.6): oldest first, so many a second.
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
  private final Map<Delivery, Attempt> underWay = new LinkedHashMap<>();
  private final Map<MemberId, Long> leftAloneUntil = new LinkedHashMap<>();

  private record Delivery(Address address, MemberId owner) {}

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
    for (MemberId owner : ledger.owners()) {
      if (allowed > 0 && isWorthTrying(owner, now)) {
        List<Address> next =
            ledger.oldest(
                owner, allowed, address -> !underWay.containsKey(new Delivery(address, owner)));
        allowed -= next.size();
        pace.began(next.size());
        next.forEach(address -> deliver(new Delivery(address, owner), now));
      }
    }
  }

  private boolean isOver(Delivery delivery, Attempt attempt, long now) {
    boolean over = now >= attempt.untilNanos();
    if (over) {
      leaveAlone(delivery.owner());
      attempt.question().ifPresent(around.inquiries()::forget);
    }
    return over;
  }

  private boolean isWorthTrying(MemberId owner, long now) {
    return around.readiness().healthOf(owner) == Health.HEALTHY
        && now >= leftAloneUntil.getOrDefault(owner, Long.MIN_VALUE);
  }

  private void deliver(Delivery delivery, long now) {
    underWay.put(delivery, new Attempt(until(now), OptionalLong.empty()));
    replica.read(
        delivery.address(),
        outcome -> {
          switch (outcome) {
            case ReplicaOutcome.Held(VersionSet state, _) -> send(delivery, state);
            case ReplicaOutcome.Expired _,
                ReplicaOutcome.Overloaded _,
                ReplicaOutcome.HintsFull _,
                ReplicaOutcome.SiblingsFull _,
                ReplicaOutcome.StorageFailed _ ->
                putOff(delivery);
          }
        });
  }

  private void send(Delivery delivery, VersionSet state) {
    if (state.isEmpty()) {
      // The record was lost or has gone: there is nothing left to owe.
      settle(delivery, state);
      return;
    }
    var asker = new Asker(delivery, state);
    long question =
        around
            .inquiries()
            .ask(
                delivery.owner(),
                asker,
                id ->
                    new Message.ReplicaPut(
                        id,
                        delivery.address().key(),
                        view.get().ring().version(),
                        state,
                        List.of(),
                        TIMEOUT_MILLIS));
    long until = until(around.clock().nanos());
    underWay.put(delivery, new Attempt(until, OptionalLong.of(question)));
  }

  private static long until(long now) {
    return now + TIMEOUT_MILLIS * 1_000_000L;
  }

  private final class Asker implements Inquiry {
    private final Delivery delivery;
    private final VersionSet state;

    Asker(Delivery delivery, VersionSet state) {
      this.delivery = delivery;
      this.state = state;
    }

    @Override
    public void replied(MemberId from, Message.Reply reply) {
      if (reply instanceof Message.ReplicaStored(_, boolean durable) && durable) {
        settle(delivery, state);
      } else {
        putOff(delivery);
      }
    }

    @Override
    public void failed(MemberId member) {
      putOff(delivery);
    }
  }

  private void settle(Delivery delivery, VersionSet delivered) {
    boolean keep = view.get().primariesOf(delivery.address().key()).contains(view.get().self());
    replica.settle(
        delivery.address(), delivery.owner(), delivered, keep, _ -> underWay.remove(delivery));
  }

  private void putOff(Delivery delivery) {
    underWay.remove(delivery);
    leaveAlone(delivery.owner());
  }

  private void leaveAlone(MemberId owner) {
    leftAloneUntil.put(owner, around.clock().nanos() + LEFT_ALONE_NANOS);
  }
}
