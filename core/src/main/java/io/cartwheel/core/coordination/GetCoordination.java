package io.cartwheel.core.coordination;

import io.cartwheel.core.bucket.Fanout;
import io.cartwheel.core.item.ItemKey;
import io.cartwheel.core.message.Failure;
import io.cartwheel.core.message.GetOutcome;
import io.cartwheel.core.message.Message;
import io.cartwheel.core.message.Message.Detail;
import io.cartwheel.core.port.Observer;
import io.cartwheel.core.port.Timers;
import io.cartwheel.core.ring.MemberId;
import io.cartwheel.core.ring.PreferenceList;
import io.cartwheel.core.version.ConflictPolicy;
import io.cartwheel.core.version.VersionSet;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * One read (Dynamo §4.5, §5): asks replicas, answers when R of them are understood, then waits for
 * the stragglers and repairs those that turned out stale.
 *
 * <p>Fanout {@code all} asks the first N for their states. Fanout {@code quorum} asks the r
 * readiest, one for its state and the others for digests; a digest that no state explains, a
 * failure, or one that takes longer than a fixed patience each make it ask on.
 */
public final class GetCoordination implements Inquiry {
  /** After this a silent replica is no longer relied upon alone. */
  public static final long PATIENCE_NANOS = 50_000_000L;

  private final Surroundings around;
  private final Plan plan;
  private final Consumer<GetOutcome> client;
  private final Queue<MemberId> unasked;
  private final ReadReplies replies = new ReadReplies();
  private final List<Long> questions = new ArrayList<>();
  private Timers.Timer timer;
  private boolean outOfPatience;
  private boolean asking;
  private boolean answered;
  private boolean ended;

  /**
   * What is to be read and what ends it.
   *
   * @param list the key's preference list; only its primaries are asked
   * @param quorum how many must answer
   * @param deadlineNanos when an answer is due at the latest
   */
  record Plan(
      ItemKey key,
      PreferenceList list,
      Quorums.Read quorum,
      Fanout fanout,
      ConflictPolicy policy,
      long deadlineNanos) {}

  GetCoordination(Surroundings around, Plan plan, Consumer<GetOutcome> client) {
    this.around = around;
    this.plan = plan;
    this.client = client;
    unasked = new ArrayDeque<>(around.inquiries().byReadiness(plan.list().primaries()));
    timer = wakeAfter(PATIENCE_NANOS);
  }

  void start() {
    asking = true;
    switch (plan.fanout()) {
      case ALL -> {
        while (!unasked.isEmpty()) {
          ask(unasked.remove(), Detail.FULL);
        }
      }
      case QUORUM -> {
        ask(unasked.remove(), Detail.FULL);
        for (int i = 1; i < plan.quorum().r() && !unasked.isEmpty(); i++) {
          ask(unasked.remove(), Detail.DIGEST);
        }
      }
    }
    asking = false;
    advance();
  }

  @Override
  public void replied(MemberId from, Message.Reply reply) {
    switch (reply) {
      case Message.ReplicaState(_, VersionSet state, boolean recovering) ->
          replies.state(from, state, recovering);
      case Message.ReplicaDigest(_, var digest, boolean recovering) ->
          replies.digest(from, digest, recovering);
      case Message.Refused _, Message.ReplicaStored _, Message.ForwardedOutcome _ ->
          replies.failed(from);
    }
    advance();
  }

  @Override
  public void failed(MemberId member) {
    replies.failed(member);
    advance();
  }

  /** Asks on while that may help, then sees whether it is enough, and whether it is over. */
  private void advance() {
    if (asking || ended) {
      return;
    }
    asking = true;
    while (askOn()) {
      // A member that is this one answers within the call, so there may be more to ask at once.
    }
    asking = false;
    if (!answered) {
      conclude();
    }
    if (answered && replies.awaited() == 0) {
      end();
    }
  }

  private boolean askOn() {
    List<MemberId> unexplained = replies.unexplained();
    if (!unexplained.isEmpty() && replies.hasState()) {
      around.observer().count(Observer.Event.DIGEST_MISMATCH);
      unexplained.forEach(member -> ask(member, Detail.FULL));
      return true;
    }
    if (!unexplained.isEmpty() && !replies.awaitsState()) {
      ask(unexplained.getFirst(), Detail.FULL);
      return true;
    }
    int hoped = counted().all() + unexplained.size() + replies.awaited();
    if (!answered && !unasked.isEmpty() && hoped < plan.quorum().r()) {
      ask(unasked.remove(), Detail.FULL);
      return true;
    }
    return !answered && wantsMoreThanNotFound() && askNext();
  }

  /** When "not found" does not count, everybody is worth asking. */
  private boolean wantsMoreThanNotFound() {
    ReadReplies.Tally tally = counted();
    return !plan.quorum().notFoundOk() && tally.found() + replies.awaited() < plan.quorum().r();
  }

  private boolean askNext() {
    if (unasked.isEmpty()) {
      return false;
    }
    ask(unasked.remove(), Detail.FULL);
    return true;
  }

  private void ask(MemberId member, Detail detail) {
    replies.asked(member, detail);
    int timeout = around.millisUntil(plan.deadlineNanos());
    long listVersion = plan.list().version();
    questions.add(
        around
            .inquiries()
            .ask(
                member,
                this,
                id -> new Message.ReplicaGet(id, plan.key(), listVersion, detail, timeout)));
  }

  /** Replicas that may have lost data count only when there is nobody better to wait for. */
  private ReadReplies.Tally counted() {
    boolean nobodyBetter = unasked.isEmpty() && (outOfPatience || replies.awaited() == 0);
    return replies.tally(nobodyBetter);
  }

  private void conclude() {
    ReadReplies.Tally tally = counted();
    Quorums.Read quorum = plan.quorum();
    int enough = understood(tally);
    boolean allIn = unasked.isEmpty() && replies.awaited() == 0;
    boolean mostlyNothing = quorum.basicQuorum() && tally.notFound() > quorum.owners() / 2;
    boolean nothing =
        !quorum.notFoundOk()
            && tally.found() == 0
            && (mostlyNothing || allIn && tally.notFound() >= quorum.r());
    if (enough >= quorum.r() || nothing) {
      answerRead(tally);
    } else if (allIn || replies.standing() + unasked.size() < quorum.r()) {
      answer(new GetOutcome.Failed(new Failure.Unavailable(quorum.r(), enough, false)));
    }
  }

  /** How many replies of a tally count toward r. */
  private int understood(ReadReplies.Tally tally) {
    return plan.quorum().notFoundOk() ? tally.all() : tally.found();
  }

  private void answerRead(ReadReplies.Tally tally) {
    ReadReplies.Tally whole = replies.tally(false);
    if (tally.all() > whole.all() && understood(whole) < plan.quorum().r()) {
      around.observer().count(Observer.Event.RECOVERING_COUNTED);
    }
    VersionSet state = plan.policy().resolve(replies.merged());
    around.observer().siblings(state.values().size());
    long fastest = replies.fastest().map(MemberId::value).orElse(0L);
    answer(new GetOutcome.Read(state, fastest));
  }

  private void answer(GetOutcome outcome) {
    answered = true;
    client.accept(outcome);
  }

  private Timers.Timer wakeAfter(long delayNanos) {
    long left = plan.deadlineNanos() - around.clock().nanos();
    return around.timers().after(Math.max(0, Math.min(delayNanos, left)), this::wake);
  }

  private void wake() {
    if (ended) {
      return;
    }
    if (around.clock().nanos() >= plan.deadlineNanos()) {
      expire();
      return;
    }
    outOfPatience = true;
    replies
        .awaitedMembers()
        .forEach(member -> around.inquiries().noteSilence(member, PATIENCE_NANOS));
    if (!answered) {
      extend();
    }
    if (!ended) {
      timer = wakeAfter(answered || unasked.isEmpty() ? Long.MAX_VALUE : PATIENCE_NANOS);
    }
  }

  /** Somebody is slow: asks one more for its state, an understood digest's sender if need be. */
  private void extend() {
    List<MemberId> unexplained = replies.unexplained();
    if (!replies.hasState() && !unexplained.isEmpty()) {
      around.observer().count(Observer.Event.READ_EXTENDED);
      ask(unexplained.getFirst(), Detail.FULL);
    } else if (askNext()) {
      around.observer().count(Observer.Event.READ_EXTENDED);
    }
    advance();
  }

  private void expire() {
    if (!answered) {
      int acked = replies.tally(true).all();
      answer(new GetOutcome.Failed(new Failure.Timeout(plan.quorum().r(), acked, 0, false)));
    }
    end();
  }

  private void end() {
    ended = true;
    timer.cancel();
    questions.forEach(around.inquiries()::forget);
    ReadRepair.repair(around, plan, replies);
  }
}
