package io.cartwheel.core.coordination;

import io.cartwheel.core.message.Failure;
import io.cartwheel.core.message.Message;
import io.cartwheel.core.message.PutOutcome;
import io.cartwheel.core.port.Observer;
import io.cartwheel.core.port.Timers;
import io.cartwheel.core.ring.MemberId;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * One write at the member that a client sent it to: has it coordinated by one of the key's owners
 * (Dynamo §5), or by one that stands in for them (§4.6); see {@link CoordinatorChoice}.
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
  private final CoordinatorChoice candidates;
  private final PutDoubt doubt;
  private final Map<Long, MemberId> forwarded = new LinkedHashMap<>();
  private final Set<MemberId> dialled = new LinkedHashSet<>();
  private Timers.Timer deadline = () -> {};
  private Timers.Timer patience = () -> {};
  private Stage stage = Stage.IDLE;
  private int timesForwarded;

  /** Coordinates a write at this member. */
  interface Coordinator {
    void coordinate(PutCoordination.Plan plan, Consumer<PutOutcome> done);
  }

  /** How far the latest attempt is; earlier ones that were given up may be under way still. */
  private sealed interface Stage {
    Stage IDLE = new Idle();
    Stage ANSWERED = new Answered();

    /** Nobody is being tried: not yet, or no longer. */
    record Idle() implements Stage {}

    /** The write waits for a connection to the member. */
    record Dialling(MemberId member) implements Stage {}

    /** The member has been sent the write. */
    record Forwarded(MemberId member) implements Stage {}

    /** This member coordinates the write, and ends it by the deadline. */
    record Here() implements Stage {}

    /** The client has its answer. */
    record Answered() implements Stage {}
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
    candidates = new CoordinatorChoice(around.inquiries(), plan);
    doubt = new PutDoubt(plan.quorum().w());
  }

  void start() {
    long left = plan.deadlineNanos() - around.clock().nanos();
    deadline = around.timers().after(Math.max(0, left), this::expire);
    tryNext();
  }

  private void tryNext() {
    patience.cancel();
    Optional<MemberId> next = isLate() ? Optional.empty() : candidates.next();
    next.ifPresentOrElse(this::attempt, this::endIfNothingIsLeft);
  }

  private void attempt(MemberId member) {
    if (member.equals(around.inquiries().self())) {
      stage = new Stage.Here();
      here.coordinate(plan, this::endedHere);
    } else if (around.inquiries().isConnected(member)) {
      forward(member);
    } else {
      stage = new Stage.Dialling(member);
      dialled.add(member);
      around.inquiries().dial(member, this);
      bePatient(around.hedging().forwardNanos(), this::tryNext);
    }
  }

  /** Goes on after so long, unless the attempt has ended: a timer may be too late to take back. */
  private void bePatient(long nanos, Runnable then) {
    Stage attempt = stage;
    Runnable unlessEnded =
        () -> {
          if (stage.equals(attempt)) {
            then.run();
          }
        };
    patience = around.timers().after(nanos, unlessEnded);
  }

  /** A dial that takes long, or an attempt that was given up, may yet come to something. */
  private void endIfNothingIsLeft() {
    if (nothingUnderWay() && dialled.isEmpty() || isLate()) {
      answer(new PutOutcome.Failed(doubt.lastRefusal()));
    }
  }

  private boolean nothingUnderWay() {
    return forwarded.isEmpty() && !(stage instanceof Stage.Here);
  }

  private boolean isAnswered() {
    return stage instanceof Stage.Answered;
  }

  private boolean isLate() {
    return around.clock().nanos() >= plan.deadlineNanos();
  }

  @Override
  public void reached(MemberId member) {
    boolean awaited = dialled.remove(member);
    if (isLate() || isAnswered()) {
      // After a pause the connection may be told of before the deadline is: the end is the
      // latter's.
      return;
    }
    boolean nobodyElse = candidates.isEmpty() && nothingUnderWay();
    if (stage.equals(new Stage.Dialling(member)) || nobodyElse) {
      patience.cancel();
      forward(member);
    } else if (awaited) {
      candidates.putBack(member);
    }
  }

  private void forward(MemberId member) {
    around.observer().count(Observer.Event.PUT_FORWARDED);
    if (timesForwarded++ > 0) {
      around.observer().count(Observer.Event.PUT_RETRIED);
    }
    stage = new Stage.Forwarded(member);
    boolean standIn = !plan.list().isPrimary(member);
    int timeout = around.millisUntil(plan.deadlineNanos());
    long id =
        around
            .inquiries()
            .ask(
                member,
                this,
                number ->
                    new Message.ForwardedPut(
                        number, plan.request(), standIn, plan.stamp(), timeout));
    forwarded.put(id, member);
    watch(member);
  }

  /** Waits for as long as the coordinator shows any life; halfway it is asked for some. */
  private void watch(MemberId member) {
    long since = around.clock().nanos();
    long half = around.hedging().forwardNanos() / 2;
    bePatient(
        half,
        () -> {
          if (around.readiness().isSilentSince(member, since)) {
            around.inquiries().askForLife(member);
          }
          bePatient(half, () -> giveUpIfSilent(member, since));
        });
  }

  private void giveUpIfSilent(MemberId member, long sinceNanos) {
    if (candidates.isEmpty() || !around.readiness().isSilentSince(member, sinceNanos)) {
      watch(member);
    } else {
      around.observer().count(Observer.Event.PUT_HEDGED);
      doubt.raise();
      tryNext();
    }
  }

  @Override
  public void replied(MemberId from, Message.Reply reply) {
    forwarded.remove(reply.id());
    switch (reply) {
      case Message.ForwardedOutcome(_, PutOutcome outcome) -> ended(from, outcome);
      case Message.Refused(_, Message.Refusal refusal) -> {
        if (refusal == Message.Refusal.STORAGE_FAILED) {
          doubt.raise();
        }
        goOnAfter(from);
      }
      case Message.ReplicaState _,
          Message.ReplicaDigest _,
          Message.Inspected _,
          Message.ReplicaStored _,
          Message.TreeReply _,
          Message.ForgettingReply _,
          Message.Alive _ ->
          goOnAfter(from);
    }
  }

  @Override
  public void failed(MemberId member) {
    dialled.remove(member);
    if (forwarded.values().removeIf(member::equals)) {
      doubt.raise();
    }
    goOnAfter(member);
  }

  private void endedHere(PutOutcome outcome) {
    if (outcome instanceof PutOutcome.Failed(Failure.Unavailable(_, _, boolean unknown, _))
        && !unknown) {
      // Everybody was dialled for it: who is not connected by now need not be dialled again.
      candidates.keepOnly(around.inquiries()::isConnected);
    }
    ended(around.inquiries().self(), outcome);
  }

  private void ended(MemberId by, PutOutcome outcome) {
    switch (outcome) {
      case PutOutcome.Stored stored -> answer(stored);
      case PutOutcome.Failed(Failure failure) -> {
        if (failure.isIndeterminate()) {
          doubt.raise();
        }
        if (failure instanceof Failure.Overloaded) {
          // Standing in is for owners that can't be reached: here it would spread their load.
          candidates.keepOnly(plan.list()::isPrimary);
        }
        if (PutDoubt.mayGoBetterElsewhere(failure)) {
          doubt.refused(failure);
          goOnAfter(by);
        } else {
          endedForGood(by, failure);
        }
      }
    }
  }

  /** No other would judge otherwise, but an earlier attempt may have been stored. */
  private void endedForGood(MemberId by, Failure failure) {
    leave(by);
    if (nothingUnderWay() || isLate()) {
      answer(new PutOutcome.Failed(doubt.asFarAsKnown(failure)));
    }
  }

  /** Only the latest attempt's end makes another: an earlier one was given up for it. */
  private void goOnAfter(MemberId member) {
    boolean latest = leave(member);
    if (!isAnswered() && (latest || nothingUnderWay())) {
      tryNext();
    }
  }

  /** Ends the latest attempt if it is with this member; whether it is. */
  private boolean leave(MemberId member) {
    boolean latest =
        switch (stage) {
          case Stage.Dialling(MemberId dialling) -> dialling.equals(member);
          case Stage.Forwarded(MemberId coordinator) -> coordinator.equals(member);
          case Stage.Here _ -> member.equals(around.inquiries().self());
          case Stage.Idle _, Stage.Answered _ -> false;
        };
    if (latest) {
      patience.cancel();
      stage = Stage.IDLE;
    }
    return latest;
  }

  private void expire() {
    // The coordination here has the same deadline and knows more when it passes.
    if (!(stage instanceof Stage.Here)) {
      answer(new PutOutcome.Failed(doubt.timeout(!forwarded.isEmpty())));
    }
  }

  private void answer(PutOutcome outcome) {
    if (!isAnswered()) {
      stage = Stage.ANSWERED;
      deadline.cancel();
      patience.cancel();
      forwarded.keySet().forEach(around.inquiries()::forget);
      client.accept(outcome);
    }
  }
}
