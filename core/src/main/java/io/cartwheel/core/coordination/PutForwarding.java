package io.cartwheel.core.coordination;

import io.cartwheel.core.message.Failure;
import io.cartwheel.core.message.Message;
import io.cartwheel.core.message.PutOutcome;
import io.cartwheel.core.port.Observer;
import io.cartwheel.core.port.Timers;
import io.cartwheel.core.ring.MemberId;
import io.cartwheel.core.ring.PreferenceList;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.function.Consumer;

/**
 * One write at the member that a client sent it to: finds it a coordinator among the key's owners
 * (Dynamo §5), the one that answered the client's preceding read first if it names one; where no
 * owner answers, among those who stand in for them (§4.6).
 *
 * <p>After a refusal without effect, or a reset, the next is tried with the same request id, so
 * that two attempts that both took effect are seen as one. So it is when the coordinator falls
 * silent: not when it is merely slow with this write, for it may yet do it, but when nothing at all
 * came from it since. A member is sent the write only once it is connected, so that a dial that
 * fails is known to be without effect.
 */
final class PutForwarding implements Inquiry {
  private final Surroundings around;
  private final PutCoordination.Plan plan;
  private final Consumer<PutOutcome> client;
  private final Coordinator here;
  private final Queue<MemberId> candidates;
  private final Map<Long, MemberId> open = new LinkedHashMap<>();
  private final Set<MemberId> dialled = new LinkedHashSet<>();
  private Timers.Timer deadline = () -> {};
  private Timers.Timer patience = () -> {};
  private Failure lastRefusal;
  private MemberId trying;
  private boolean retrying;
  private boolean mayHaveHappened;
  private boolean isHere;
  private boolean answered;

  /** Coordinates a write at this member. */
  interface Coordinator {
    void coordinate(PutCoordination.Plan plan, Consumer<PutOutcome> done);
  }

  PutForwarding(
      Surroundings around,
      PutCoordination.Plan plan,
      Coordinator here,
      Consumer<PutOutcome> client) {
    this.around = around;
    this.plan = plan;
    this.here = here;
    this.client = client;
    trying = around.inquiries().self();
    candidates = new ArrayDeque<>(candidates(around.inquiries(), plan));
    lastRefusal = new Failure.Unavailable(plan.quorum().w(), 0, false);
  }

  /**
   * Healthy owners: the preferred one, this one if it may, the rest as they answer. Then owners not
   * tried yet. Then whoever stands in: this one if it is among the first N healthy. At last the
   * owners that are suspected.
   */
  private static Set<MemberId> candidates(Inquiries inquiries, PutCoordination.Plan plan) {
    PreferenceList list = plan.list();
    var chosen = new LinkedHashSet<MemberId>();
    list.primaries().stream()
        .filter(owner -> owner.value() == plan.request().preferredCoordinator())
        .filter(inquiries.readiness()::isHealthy)
        .forEach(chosen::add);
    var owners = new ArrayDeque<>(inquiries.readiness().order(list.primaries()));
    owners.stream().filter(owner -> !inquiries.readiness().isSuspect(owner)).forEach(chosen::add);
    if (plan.quorum().sloppy()) {
      var standIns =
          list.members().stream().filter(inquiries.readiness()::isHealthy).limit(list.owners()).toList();
      if (standIns.contains(inquiries.self())) {
        chosen.add(inquiries.self());
      }
      chosen.addAll(standIns);
    }
    chosen.addAll(owners);
    return chosen;
  }

  void start() {
    long left = plan.deadlineNanos() - around.clock().nanos();
    deadline = around.timers().after(Math.max(0, left), this::expire);
    tryNext();
  }

  private void tryNext() {
    patience.cancel();
    MemberId next = isLate() ? null : candidates.poll();
    if (next == null) {
      if (nothingUnderWay() && dialled.isEmpty() || isLate()) {
        answer(new PutOutcome.Failed(asFarAsKnown(lastRefusal)));
      }
    } else if (next.equals(around.inquiries().self())) {
      trying = next;
      isHere = true;
      here.coordinate(plan, this::endedHere);
    } else if (around.inquiries().isConnected(next)) {
      forward(next);
    } else {
      trying = next;
      dialled.add(next);
      around.inquiries().dial(next, this);
      bePatient(around.hedging().forwardNanos(), this::tryNext);
    }
  }

  private boolean nothingUnderWay() {
    return open.isEmpty() && !isHere;
  }

  private boolean isLate() {
    return around.clock().nanos() >= plan.deadlineNanos();
  }

  /** Goes on after so long, unless the write has been answered. */
  private void bePatient(long nanos, Runnable then) {
    patience =
        around
            .timers()
            .after(
                nanos,
                () -> {
                  if (!answered) {
                    then.run();
                  }
                });
  }

  @Override
  public void reached(MemberId member) {
    dialled.remove(member);
    if (!answered && (trying.equals(member) || candidates.isEmpty() && nothingUnderWay())) {
      patience.cancel();
      forward(member);
    }
  }

  private void forward(MemberId member) {
    around.observer().count(Observer.Event.PUT_FORWARDED);
    if (retrying) {
      around.observer().count(Observer.Event.PUT_RETRIED);
    }
    retrying = true;
    trying = member;
    boolean standIn = !plan.list().isPrimary(member);
    int timeout = around.millisUntil(plan.deadlineNanos());
    long id =
        around
            .inquiries()
            .ask(
                member,
                this,
                number -> new Message.ForwardedPut(number, plan.request(), standIn, timeout));
    open.put(id, member);
    watch(member, around.clock().nanos());
  }

  /** Waits for as long as the coordinator shows any life; halfway it is asked for some. */
  private void watch(MemberId member, long sinceNanos) {
    long half = around.hedging().forwardNanos() / 2;
    bePatient(
        half,
        () -> {
          if (!around.readiness().detector().answeredSince(member, sinceNanos)) {
            around.inquiries().askForLife(member);
          }
          bePatient(half, () -> giveUpIfSilent(member, sinceNanos));
        });
  }

  private void giveUpIfSilent(MemberId member, long sinceNanos) {
    if (!open.containsValue(member)) {
      return;
    }
    if (candidates.isEmpty() || around.readiness().detector().answeredSince(member, sinceNanos)) {
      watch(member, around.clock().nanos());
    } else {
      around.observer().count(Observer.Event.PUT_HEDGED);
      mayHaveHappened = true;
      tryNext();
    }
  }

  @Override
  public void replied(MemberId from, Message.Reply reply) {
    open.remove(reply.id());
    switch (reply) {
      case Message.ForwardedOutcome(_, PutOutcome outcome) -> ended(from, outcome);
      case Message.Refused(_, Message.Refusal refusal) -> {
        mayHaveHappened |= refusal == Message.Refusal.STORAGE_FAILED;
        goOn(from);
      }
      case Message.ReplicaState _,
          Message.ReplicaDigest _,
          Message.ReplicaStored _,
          Message.Alive _ ->
          goOn(from);
    }
  }

  @Override
  public void failed(MemberId member) {
    dialled.remove(member);
    mayHaveHappened |= open.values().removeIf(member::equals);
    goOn(member);
  }

  private void endedHere(PutOutcome outcome) {
    isHere = false;
    if (outcome instanceof PutOutcome.Failed(Failure.Unavailable(_, _, boolean unknown))
        && !unknown) {
      // Everybody was dialled for it: who is not connected by now need not be dialled again.
      candidates.removeIf(member -> !around.inquiries().isConnected(member));
    }
    ended(around.inquiries().self(), outcome);
  }

  private void ended(MemberId by, PutOutcome outcome) {
    switch (outcome) {
      case PutOutcome.Stored stored -> answer(stored);
      case PutOutcome.Failed(Failure failure) -> {
        mayHaveHappened |= failure.isIndeterminate();
        if (failure instanceof Failure.Overloaded) {
          // Standing in is for owners that can't be reached: here it would spread their load.
          candidates.removeIf(member -> !plan.list().isPrimary(member));
        }
        if (mayGoBetterElsewhere(failure)) {
          lastRefusal = failure;
          goOn(by);
        } else if (nothingUnderWay() || isLate()) {
          answer(new PutOutcome.Failed(asFarAsKnown(failure)));
        }
      }
    }
  }

  private static boolean mayGoBetterElsewhere(Failure failure) {
    return switch (failure) {
      case Failure.Unavailable unavailable -> !unavailable.indeterminate();
      case Failure.Overloaded _, Failure.StorageFailed _ -> true;
      case Failure.Timeout _, Failure.TooLarge _, Failure.TooManySiblings _, Failure.Invalid _ ->
          false;
    };
  }

  /** Only the latest attempt's end makes another: an earlier one was given up for it. */
  private void goOn(MemberId after) {
    if (!answered && (after.equals(trying) || nothingUnderWay())) {
      tryNext();
    }
  }

  /** A refusal is without effect only if no earlier attempt may have had one. */
  private Failure asFarAsKnown(Failure failure) {
    if (!mayHaveHappened || failure.isIndeterminate()) {
      return failure;
    }
    return switch (failure) {
      case Failure.Unavailable(int needed, int reachable, _) ->
          new Failure.Unavailable(needed, reachable, true);
      case Failure.Timeout(int needed, int acked, int durable, _) ->
          new Failure.Timeout(needed, acked, durable, true);
      case Failure.TooLarge _,
          Failure.TooManySiblings _,
          Failure.Invalid _,
          Failure.Overloaded _,
          Failure.StorageFailed _ ->
          new Failure.Unavailable(plan.quorum().w(), 0, true);
    };
  }

  private void expire() {
    if (isHere) {
      // The coordination here has the same deadline and knows more when it passes.
      return;
    }
    boolean indeterminate = mayHaveHappened || !open.isEmpty();
    answer(new PutOutcome.Failed(new Failure.Timeout(plan.quorum().w(), 0, 0, indeterminate)));
  }

  private void answer(PutOutcome outcome) {
    if (!answered) {
      answered = true;
      deadline.cancel();
      patience.cancel();
      open.keySet().forEach(around.inquiries()::forget);
      client.accept(outcome);
    }
  }
}
