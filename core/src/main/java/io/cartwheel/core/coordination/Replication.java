package io.cartwheel.core.coordination;

import io.cartwheel.core.message.Failure;
import io.cartwheel.core.message.Message;
import io.cartwheel.core.message.Message.Refusal;
import io.cartwheel.core.port.Observer;
import io.cartwheel.core.port.Timers;
import io.cartwheel.core.replica.Incoming;
import io.cartwheel.core.replica.Replica;
import io.cartwheel.core.replica.ReplicaOutcome;
import io.cartwheel.core.ring.MemberId;
import io.cartwheel.core.version.VersionSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Has a written state kept by its owners, or by others for them (Dynamo §4.6).
 *
 * <p>An owner that can't be reached, or has not answered when 99 of 100 would have, is replaced by
 * the next healthy member. What at last no owner and no stand-in has confirmed, the coordinator
 * owes itself: a write that is acknowledged reaches all its owners though nobody reads it. An owner
 * that is merely overloaded is spared: standing in for it would only spread its load.
 */
final class Replication implements Inquiry {
  /** How long others may take to take in a write whose own deadline has passed. */
  private static final int LATE_TIMEOUT_MILLIS = 10_000;

  private final Surroundings around;
  private final Replica replica;
  private final PutCoordination.Plan plan;
  private final VersionSet state;
  private final WriteTargets targets;
  private final Listener listener;
  private final Slots held = new Slots();
  private final Slots durable = new Slots();
  private final Map<Long, Asked> open = new LinkedHashMap<>();
  private final Set<MemberId> spared = new LinkedHashSet<>();
  private final Set<MemberId> keeping = new LinkedHashSet<>();
  private Timers.Timer hedge = () -> {};
  private Timers.Timer deadline = () -> {};
  private final Set<MemberId> hedges = new LinkedHashSet<>();
  private long beganNanos;
  private boolean starting = true;
  private boolean answered;
  private boolean ended;

  /** Who hears, once, what the write came to. */
  interface Listener {
    void stored();

    void failed(Failure failure);
  }

  /** A member that was asked to keep the state, and for which owners. */
  private record Asked(MemberId member, List<MemberId> owners) {
    boolean standsIn() {
      return owners.size() > 1 || !owners.contains(member);
    }
  }

  Replication(
      Surroundings around,
      Replica replica,
      PutCoordination.Plan plan,
      VersionSet state,
      WriteTargets targets,
      Listener listener) {
    this.around = around;
    this.replica = replica;
    this.plan = plan;
    this.state = state;
    this.targets = targets;
    this.listener = listener;
  }

  /**
   * Begins; the coordinator itself holds the state already.
   *
   * @param late whether the client was answered meanwhile: the write is sent all the same
   */
  void start(boolean late) {
    answered = late;
    beganNanos = around.clock().nanos();
    MemberId self = around.inquiries().self();
    var own = new ArrayList<>(targets.ownOwed());
    if (plan.list().isPrimary(self)) {
      own.add(self);
    }
    held.holds(self, own);
    durable.holds(self, own);
    long left = plan.deadlineNanos() - around.clock().nanos();
    long patience = late ? LATE_TIMEOUT_MILLIS * 1_000_000L : Math.max(0, left);
    deadline = around.timers().after(patience, this::expire);
    targets.askedOwners().forEach(owner -> ask(owner, List.of(owner)));
    targets.standIns().forEach(this::ask);
    if (targets.hasSpare()) {
      hedge = around.timers().after(around.hedging().writeNanos(), this::hedge);
    }
    starting = false;
    conclude();
  }

  private void ask(MemberId member, List<MemberId> owners) {
    var asked = new Asked(member, List.copyOf(owners));
    List<MemberId> owed = asked.standsIn() ? asked.owners() : List.of();
    if (asked.standsIn()) {
      around.observer().count(Observer.Event.STAND_IN_ASKED);
    }
    int timeout = answered ? LATE_TIMEOUT_MILLIS : around.millisUntil(plan.deadlineNanos());
    long id =
        around
            .inquiries()
            .ask(
                member,
                this,
                number ->
                    new Message.ReplicaPut(
                        number,
                        plan.request().key(),
                        plan.list().version(),
                        state,
                        owed,
                        plan.stamp(),
                        timeout));
    open.put(id, asked);
  }

  @Override
  public void replied(MemberId from, Message.Reply reply) {
    Asked asked = open.remove(reply.id());
    if (asked == null || ended) {
      return;
    }
    switch (reply) {
      case Message.ReplicaStored(_, boolean isDurable) -> confirmed(asked, isDurable);
      case Message.Refused(_, Refusal refusal) -> refused(asked, refusal);
      case Message.ReplicaState _,
          Message.ReplicaDigest _,
          Message.Inspected _,
          Message.ForwardedOutcome _,
          Message.TreeReply _,
          Message.ForgettingReply _,
          Message.Alive _ ->
          replace(asked);
    }
    conclude();
  }

  private void confirmed(Asked asked, boolean isDurable) {
    held.holds(asked.member(), asked.owners());
    if (isDurable) {
      durable.holds(asked.member(), asked.owners());
    }
    if (hedges.contains(asked.member()) && !answered) {
      around.observer().count(Observer.Event.HEDGE_WON);
    }
  }

  private void refused(Asked asked, Refusal refusal) {
    switch (refusal) {
      case OVERLOADED, EXPIRED -> {
        if (asked.standsIn()) {
          replace(asked);
        } else {
          spared.add(asked.member());
        }
      }
      case HINTS_FULL, NOT_OWNER, NOT_READY, STORAGE_FAILED, OUTDATED -> replace(asked);
    }
  }

  @Override
  public void failed(MemberId member) {
    if (ended) {
      return;
    }
    List<Asked> lost =
        open.values().stream().filter(asked -> asked.member().equals(member)).toList();
    open.values().removeAll(lost);
    lost.forEach(this::replace);
    conclude();
  }

  /** Somebody else takes the places of a member that can't fill them. */
  private void replace(Asked asked) {
    List<MemberId> missing =
        asked.owners().stream().filter(owner -> !held.isHeldFor(owner)).toList();
    if (missing.isEmpty()) {
      return;
    }
    targets
        .nextStandIn()
        .ifPresentOrElse(
            member -> ask(member, missing),
            () -> {
              if (plan.quorum().sloppy()) {
                keepHere(missing);
              }
            });
  }

  /** Somebody is slow: others begin to keep the write for it. */
  private void hedge() {
    if (answered || ended) {
      return;
    }
    for (Asked asked : List.copyOf(open.values())) {
      boolean spare = asked.standsIn() || !around.hedging().mayHedge(asked.member(), beganNanos);
      Optional<MemberId> next = spare ? Optional.empty() : targets.nextStandIn();
      next.ifPresent(member -> {
        around.observer().count(Observer.Event.SLOW_OWNER_HEDGED);
        hedges.add(member);
        ask(member, asked.owners());
      });
    }
  }

  /** Nobody else is left: the coordinator owes these owners itself. */
  private void keepHere(List<MemberId> missing) {
    List<MemberId> owners = missing.stream().filter(owner -> !keeping.contains(owner)).toList();
    if (owners.isEmpty()) {
      return;
    }
    around.observer().count(Observer.Event.HINT_KEPT_HERE);
    keeping.addAll(owners);
    MemberId self = around.inquiries().self();
    replica.merge(
        plan.address(),
        new Incoming(state, owners, plan.stamp(), Incoming.NEVER),
        outcome -> {
          keeping.removeAll(owners);
          if (outcome instanceof ReplicaOutcome.Held) {
            held.holds(self, owners);
            durable.holds(self, owners);
          }
          conclude();
        });
  }

  private void conclude() {
    if (starting || ended) {
      return;
    }
    Quorums.Write quorum = plan.quorum();
    if (!answered) {
      if (isMet(quorum)) {
        answered = true;
        listener.stored();
      } else {
        shortfall(quorum)
            .ifPresent(failure -> {
              answered = true;
              listener.failed(failure);
            });
      }
    }
    if (open.isEmpty() && keeping.isEmpty()) {
      end();
    }
  }

  private boolean isMet(Quorums.Write quorum) {
    return held.matched() >= quorum.w()
        && durable.matched() >= quorum.dw()
        && held.primaries() >= quorum.pw()
        && held.members() >= quorum.nodes();
  }

  /** The part of the quorum that can't be met any more, whatever is answered yet. */
  private Optional<Failure> shortfall(Quorums.Write quorum) {
    Map<MemberId, List<MemberId>> awaited = new LinkedHashMap<>();
    for (Asked asked : open.values()) {
      awaited.computeIfAbsent(asked.member(), _ -> new ArrayList<>()).addAll(asked.owners());
    }
    int members = awaited.size();
    if (!keeping.isEmpty()) {
      awaited.put(around.inquiries().self(), List.copyOf(keeping));
    }
    long owners = open.values().stream().filter(asked -> !asked.standsIn()).count();
    if (held.matchedWith(awaited) < quorum.w()) {
      return Optional.of(new Failure.Unavailable(quorum.w(), held.matched(), true));
    }
    if (durable.matchedWith(awaited) < quorum.dw()) {
      return Optional.of(new Failure.Unavailable(quorum.dw(), durable.matched(), true));
    }
    if (held.primaries() + owners < quorum.pw()) {
      return Optional.of(new Failure.Unavailable(quorum.pw(), held.primaries(), true, true));
    }
    return held.members() + members < quorum.nodes()
        ? Optional.of(new Failure.Unavailable(quorum.nodes(), held.members(), true))
        : Optional.empty();
  }

  private void expire() {
    if (!answered) {
      answered = true;
      Quorums.Write quorum = plan.quorum();
      listener.failed(new Failure.Timeout(quorum.w(), held.matched(), durable.matched(), true));
    }
    end();
  }

  private void end() {
    if (ended) {
      return;
    }
    ended = true;
    hedge.cancel();
    deadline.cancel();
    open.keySet().forEach(around.inquiries()::forget);
    List<MemberId> missing =
        plan.list().primaries().stream()
            .filter(owner -> !held.isHeldFor(owner) && !spared.contains(owner))
            .toList();
    if (!missing.isEmpty()) {
      keepHere(missing);
    }
  }
}
