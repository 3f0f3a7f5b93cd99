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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One read (Dynamo §4.5, §5): asks replicas, answers when R of them are understood, then waits for
 * the stragglers and repairs those that turned out stale.
 *
 * <p>Fanout {@code all} asks the first N healthy members for their states, stand-ins for owners
 * that can't be reached among them (Dynamo §4.6). Fanout {@code quorum} asks the r readiest, one
 * for its state and the others for digests; a digest that no state explains, a failure, or one that
 * takes longer than 99 of 100 answers did of late each make it ask on.
 */
public final class GetCoordination implements Inquiry {
  private final Surroundings around;
  private final Plan plan;
  private final Consumer<GetOutcome> client;
  private final ReadTargets targets;
  private final long patienceNanos;
  private final long beganNanos;
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
   * @param list the key's preference list
   * @param quorum how many must answer
   * @param stamp the barrier under which it begins
   * @param deadlineNanos when an answer is due at the latest
   */
  record Plan(
      ItemKey key,
      PreferenceList list,
      Quorums.Read quorum,
      Fanout fanout,
      ConflictPolicy policy,
      long stamp,
      long deadlineNanos) {}

  GetCoordination(Surroundings around, Plan plan, Consumer<GetOutcome> client) {
    this.around = around;
    this.plan = plan;
    this.client = client;
    targets = new ReadTargets(around.readiness(), plan.list(), plan.quorum().sloppy());
    patienceNanos = around.hedging().readNanos();
    beganNanos = around.clock().nanos();
    timer = wakeAfter(patienceNanos);
  }

  void start() {
    asking = true;
    switch (plan.fanout()) {
      case ALL -> {
        while (askNext(targets.nextHealthy(), Detail.FULL)) {
          // All of them at once.
        }
      }
      case QUORUM -> {
        askNext(targets.nextHealthy(), Detail.FULL);
        for (int i = 1; i < plan.quorum().r(); i++) {
          askNext(targets.nextHealthy(), Detail.DIGEST);
        }
      }
    }
    asking = false;
    advance();
  }

  @Override
  public void replied(MemberId from, Message.Reply reply) {
    switch (reply) {
      case Message.ReplicaState(_, VersionSet state, boolean recovering, _) ->
          replies.state(from, state, recovering);
      case Message.ReplicaDigest(_, var digest, boolean recovering, _) ->
          replies.digest(from, digest, recovering);
      case Message.Refused(_, Message.Refusal refusal) -> {
        noAnswerFrom(from);
        if (refusal == Message.Refusal.OVERLOADED) {
          replies.overloaded(from);
        }
      }
      case Message.ReplicaStored _,
          Message.ForwardedOutcome _,
          Message.TreeReply _,
          Message.ForgettingReply _,
          Message.Inspected _,
          Message.Alive _ ->
          noAnswerFrom(from);
    }
    advance();
  }

  @Override
  public void failed(MemberId member) {
    noAnswerFrom(member);
    advance();
  }

  private void noAnswerFrom(MemberId member) {
    replies.failed(member);
    targets.replace(replies.ownerOf(member));
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
      unexplained.forEach(this::askForState);
      return true;
    }
    if (!unexplained.isEmpty() && !replies.awaitsState()) {
      askForState(unexplained.getFirst());
      return true;
    }
    ReadReplies.Tally tally = counted();
    int hoped = tally.all() + unexplained.size() + replies.awaited();
    boolean tooFew =
        hoped < plan.quorum().r()
            || tally.members() + unexplained.size() + replies.awaited() < plan.quorum().nodes()
            || tally.primaries() + replies.awaited() + unexplained.size() < plan.quorum().pr();
    return !answered && (tooFew || wantsMoreThanNotFound()) && askNext(targets.next(), Detail.FULL);
  }

  /** When "not found" does not count, everybody is worth asking. */
  private boolean wantsMoreThanNotFound() {
    ReadReplies.Tally tally = counted();
    return !plan.quorum().notFoundOk() && tally.found() + replies.awaited() < plan.quorum().r();
  }

  private boolean askNext(Optional<Target> next, Detail detail) {
    next.ifPresent(target -> ask(target, detail));
    return next.isPresent();
  }

  private void askForState(MemberId member) {
    ask(new Target(member, replies.ownerOf(member)), Detail.FULL);
  }

  private void ask(Target target, Detail detail) {
    replies.asked(target, detail);
    int timeout = around.millisUntil(plan.deadlineNanos());
    long listVersion = plan.list().version();
    questions.add(
        around
            .inquiries()
            .ask(
                target.member(),
                this,
                id ->
                    new Message.ReplicaGet(
                        id, plan.key(), listVersion, detail, target.standsIn(), timeout)));
  }

  /** Replicas that may have lost data count only when there is nobody better to wait for. */
  private ReadReplies.Tally counted() {
    boolean nobodyBetter = !targets.hasHealthy() && (outOfPatience || replies.awaited() == 0);
    return replies.tally(nobodyBetter);
  }

  private void conclude() {
    ReadReplies.Tally tally = counted();
    Quorums.Read quorum = plan.quorum();
    int enough = understood(tally);
    boolean allIn = targets.isEmpty() && replies.awaited() == 0;
    boolean mostlyNothing = quorum.basicQuorum() && tally.notFound() > quorum.owners() / 2;
    boolean nothing =
        !quorum.notFoundOk()
            && tally.found() == 0
            && (mostlyNothing || allIn && tally.notFound() >= quorum.r());
    boolean wide = tally.primaries() >= quorum.pr() && tally.members() >= quorum.nodes();
    if (wide && (enough >= quorum.r() || nothing)) {
      answerRead(tally);
    } else if (allIn || !mayYetSuffice()) {
      answer(new GetOutcome.Failed(refusal(tally)));
    }
  }

  /** Who has no room now will have some soon, and the client may try again. */
  private Failure refusal(ReadReplies.Tally tally) {
    int understood = understood(tally);
    int needed = Math.max(plan.quorum().r(), plan.quorum().nodes());
    int more = replies.withMoreRoom();
    boolean lacksRoom = more > 0 && understood + more >= needed;
    return lacksRoom
        ? new Failure.Overloaded()
        : plan.quorum().shortfall(understood, tally.primaries());
  }

  private boolean mayYetSuffice() {
    List<Target> possible = new ArrayList<>(replies.standing());
    possible.addAll(targets.left());
    long owners = possible.stream().map(Target::owner).distinct().count();
    long primaries = possible.stream().filter(target -> !target.standsIn()).count();
    Quorums.Read quorum = plan.quorum();
    return owners >= quorum.r() && primaries >= quorum.pr() && possible.size() >= quorum.nodes();
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
    if (replies.owesToStandIns()) {
      around.observer().count(Observer.Event.STAND_IN_READ);
    }
    VersionSet resolved = plan.policy().resolve(replies.merged());
    VersionSet state = resolved.unexpiredAt(around.clock().wallMillis());
    if (state.siblings().size() < resolved.siblings().size()) {
      around.observer().count(Observer.Event.EXPIRED_HIDDEN);
    }
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
    replies.awaitedMembers().forEach(member -> around.readiness().took(member, patienceNanos));
    if (!answered && mayExtend()) {
      extend();
    }
    if (!ended) {
      timer = wakeAfter(answered || targets.isEmpty() ? Long.MAX_VALUE : patienceNanos);
    }
  }

  private boolean mayExtend() {
    List<MemberId> awaited = replies.awaitedMembers();
    return awaited.isEmpty()
        || awaited.stream().anyMatch(each -> around.hedging().mayHedge(each, beganNanos));
  }

  /** Somebody is slow: asks one more for its state, an understood digest's sender if need be. */
  private void extend() {
    List<MemberId> unexplained = replies.unexplained();
    if (!replies.hasState() && !unexplained.isEmpty()) {
      around.observer().count(Observer.Event.READ_EXTENDED);
      askForState(unexplained.getFirst());
    } else {
      if (!targets.hasHealthy()) {
        replies.awaitedMembers().forEach(member -> targets.replace(replies.ownerOf(member)));
      }
      if (askNext(targets.next(), Detail.FULL)) {
        around.observer().count(Observer.Event.READ_EXTENDED);
      }
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
