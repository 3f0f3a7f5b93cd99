package io.cartwheel.core.coordination;

import io.cartwheel.core.message.Failure;
import io.cartwheel.core.message.Message;
import io.cartwheel.core.message.PutOutcome;
import io.cartwheel.core.port.Observer;
import io.cartwheel.core.port.Timers;
import io.cartwheel.core.ring.MemberId;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * One write at the member that a client sent it to: finds it a coordinator among its primaries
 * (Dynamo §5), the node that answered the client's preceding read first if it names one.
 *
 * <p>After a refusal without effect, or a reset, the next is tried with the same request id, so
 * that two attempts that both took effect are seen as one. Never hedged: a slow coordinator may yet
 * do it. A member is sent the write only once it is connected, so that a dial that fails is known
 * to be without effect.
 */
final class PutForwarding implements Inquiry {
  private final Surroundings around;
  private final PutCoordination.Plan plan;
  private final Consumer<PutOutcome> client;
  private final Coordinator here;
  private final Queue<MemberId> candidates;
  private Timers.Timer timer = () -> {};
  private Failure lastRefusal;
  private boolean retrying;
  private boolean mayHaveHappened;
  private boolean sent;
  private boolean allDialled;
  private boolean answered;
  private long question;

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
    candidates = new ArrayDeque<>(candidates(around.inquiries(), plan));
    lastRefusal = new Failure.Unavailable(plan.quorum().w(), 0, false);
  }

  /**
   * The preferred one if it is connected, then this one if it may, then the rest as they answer.
   */
  private static List<MemberId> candidates(Inquiries inquiries, PutCoordination.Plan plan) {
    var ready = new ArrayDeque<>(inquiries.byReadiness(plan.list().primaries()));
    long preferred = plan.request().preferredCoordinator();
    ready.stream()
        .filter(member -> member.value() == preferred && inquiries.isConnected(member))
        .findFirst()
        .ifPresent(member -> {
          ready.remove(member);
          ready.addFirst(member);
        });
    return List.copyOf(ready);
  }

  void start() {
    timer.cancel();
    sent = false;
    MemberId next = candidates.poll();
    if (next == null) {
      answer(new PutOutcome.Failed(asFarAsKnown(lastRefusal)));
    } else if (next.equals(around.inquiries().self())) {
      // The coordination here has the same deadline and knows more when it passes.
      here.coordinate(plan, this::ended);
    } else if (around.inquiries().isConnected(next)) {
      wakeAtDeadline();
      forward(next);
    } else if (allDialled) {
      start();
    } else {
      wakeAtDeadline();
      around.inquiries().dial(next, this);
    }
  }

  private void wakeAtDeadline() {
    long left = plan.deadlineNanos() - around.clock().nanos();
    timer = around.timers().after(Math.max(0, left), this::expire);
  }

  @Override
  public void reached(MemberId member) {
    if (!answered) {
      forward(member);
    }
  }

  private void forward(MemberId member) {
    around.observer().count(Observer.Event.PUT_FORWARDED);
    if (retrying) {
      around.observer().count(Observer.Event.PUT_RETRIED);
    }
    sent = true;
    int timeout = around.millisUntil(plan.deadlineNanos());
    question =
        around
            .inquiries()
            .ask(member, this, id -> new Message.ForwardedPut(id, plan.request(), timeout));
  }

  @Override
  public void replied(MemberId from, Message.Reply reply) {
    switch (reply) {
      case Message.ForwardedOutcome(_, PutOutcome outcome) -> ended(outcome);
      case Message.Refused(_, Message.Refusal refusal) -> {
        mayHaveHappened |= refusal == Message.Refusal.STORAGE_FAILED;
        tryNext();
      }
      case Message.ReplicaState _, Message.ReplicaDigest _, Message.ReplicaStored _ -> tryNext();
    }
  }

  @Override
  public void failed(MemberId member) {
    mayHaveHappened |= sent;
    tryNext();
  }

  private void ended(PutOutcome outcome) {
    switch (outcome) {
      case PutOutcome.Stored stored -> answer(stored);
      case PutOutcome.Failed(Failure failure) -> {
        mayHaveHappened |= failure.isIndeterminate();
        // What could not be reached by the coordination here was dialled in vain a moment ago.
        allDialled |= !sent && failure instanceof Failure.Unavailable;
        if (mayGoBetterElsewhere(failure)) {
          lastRefusal = failure;
          tryNext();
        } else {
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

  private void tryNext() {
    if (!answered) {
      retrying = true;
      start();
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
    boolean indeterminate = mayHaveHappened || sent;
    answer(new PutOutcome.Failed(new Failure.Timeout(plan.quorum().w(), 0, 0, indeterminate)));
  }

  private void answer(PutOutcome outcome) {
    if (!answered) {
      answered = true;
      timer.cancel();
      around.inquiries().forget(question);
      client.accept(outcome);
    }
  }
}
