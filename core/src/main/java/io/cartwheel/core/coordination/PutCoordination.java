package io.cartwheel.core.coordination;

import io.cartwheel.core.bucket.BucketType;
import io.cartwheel.core.message.Failure;
import io.cartwheel.core.message.Message;
import io.cartwheel.core.message.PutOutcome;
import io.cartwheel.core.message.PutRequest;
import io.cartwheel.core.port.StorageEngine.Address;
import io.cartwheel.core.port.Timers;
import io.cartwheel.core.replica.LocalWrite;
import io.cartwheel.core.replica.Replica;
import io.cartwheel.core.replica.ReplicaOutcome;
import io.cartwheel.core.ring.MemberId;
import io.cartwheel.core.ring.PreferenceList;
import io.cartwheel.core.version.Sibling;
import io.cartwheel.core.version.VersionSet;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * One write at a primary of its key (Dynamo §4.5, §5): makes sure that W primaries can be reached,
 * writes here under a new dot, sends the resulting state to the others, answers when W hold it.
 *
 * <p>Refusals before the local write are without effect. After it, a write that is not acknowledged
 * is unknown: replicas may hold it, and reads may show it.
 */
public final class PutCoordination implements Inquiry {
  /** How long others may take to take in a write whose own deadline has passed. */
  private static final int LATE_TIMEOUT_MILLIS = 10_000;

  private final Surroundings around;
  private final Replica replica;
  private final Plan plan;
  private final Consumer<PutOutcome> client;
  private final Set<MemberId> reached = new LinkedHashSet<>();
  private final Set<MemberId> failed = new LinkedHashSet<>();
  private final List<Long> questions = new ArrayList<>();
  private final Timers.Timer timer;
  private Phase phase = Phase.REACHING;
  private VersionSet state = VersionSet.EMPTY;
  private int acked;
  private int durable;
  private boolean answered;

  private enum Phase {
    REACHING,
    WRITING,
    REPLICATING,
    ENDED
  }

  /** What is to be written and what ends it. */
  record Plan(
      PutRequest request,
      BucketType type,
      PreferenceList list,
      Quorums.Write quorum,
      long deadlineNanos) {}

  PutCoordination(Surroundings around, Replica replica, Plan plan, Consumer<PutOutcome> client) {
    this.around = around;
    this.replica = replica;
    this.plan = plan;
    this.client = client;
    long left = Math.max(0, plan.deadlineNanos() - around.clock().nanos());
    timer = around.timers().after(left, this::expire);
  }

  void start() {
    for (MemberId member : plan.list().primaries()) {
      if (around.inquiries().isConnected(member)) {
        reached.add(member);
      }
    }
    if (reached.size() < plan.quorum().w()) {
      plan.list().primaries().stream()
          .filter(member -> !reached.contains(member))
          .forEach(member -> around.inquiries().dial(member, this));
    }
    writeOnceReachable();
  }

  @Override
  public void reached(MemberId member) {
    if (phase == Phase.REACHING) {
      reached.add(member);
      failed.remove(member);
      writeOnceReachable();
    }
  }

  @Override
  public void failed(MemberId member) {
    switch (phase) {
      case REACHING -> {
        failed.add(member);
        reached.remove(member);
        writeOnceReachable();
      }
      case REPLICATING -> {
        failed.add(member);
        conclude();
      }
      // A dial that failed meanwhile says nothing of the write, which dials anew.
      case WRITING, ENDED -> {}
    }
  }

  private void writeOnceReachable() {
    int hoped = plan.list().owners() - failed.size();
    if (reached.size() >= plan.quorum().w()) {
      writeHere();
    } else if (hoped < plan.quorum().w()) {
      answer(new Failure.Unavailable(plan.quorum().w(), reached.size(), false));
      end();
    }
  }

  private void writeHere() {
    phase = Phase.WRITING;
    failed.clear();
    PutRequest put = plan.request();
    replica.coordinate(
        new Address(plan.list().partition(), put.key()),
        new LocalWrite(put.content(), put.seen(), plan.type(), plan.deadlineNanos()),
        this::written);
  }

  private void written(ReplicaOutcome outcome) {
    switch (outcome) {
      case ReplicaOutcome.Held(VersionSet held, _) -> {
        state = held;
        acked = 1;
        durable = 1;
        replicate();
      }
      case ReplicaOutcome.Expired _ -> refuse(new Failure.Timeout(plan.quorum().w(), 0, 0, false));
      case ReplicaOutcome.Overloaded _ -> refuse(new Failure.Overloaded());
      case ReplicaOutcome.SiblingsFull(int siblings, int bytes) ->
          refuse(new Failure.TooManySiblings(siblings, bytes));
      case ReplicaOutcome.StorageFailed _ -> refuse(new Failure.StorageFailed());
    }
  }

  /** Sends the state to all others; if the client was told "timeout" meanwhile, nobody waits. */
  private void replicate() {
    phase = Phase.REPLICATING;
    MemberId self = around.inquiries().self();
    for (MemberId member : plan.list().primaries()) {
      if (member.equals(self)) {
        continue;
      }
      if (answered) {
        around.inquiries().tell(member, id -> replicaPut(id, LATE_TIMEOUT_MILLIS));
      } else {
        int timeout = around.millisUntil(plan.deadlineNanos());
        questions.add(around.inquiries().ask(member, this, id -> replicaPut(id, timeout)));
      }
    }
    if (answered) {
      end();
    } else {
      conclude();
    }
  }

  private Message.Request replicaPut(long id, int timeoutMillis) {
    return new Message.ReplicaPut(
        id, plan.request().key(), plan.list().version(), state, timeoutMillis);
  }

  @Override
  public void replied(MemberId from, Message.Reply reply) {
    switch (reply) {
      case Message.ReplicaStored(_, boolean isDurable) -> {
        acked++;
        durable += isDurable ? 1 : 0;
      }
      case Message.Refused _,
          Message.ReplicaState _,
          Message.ReplicaDigest _,
          Message.ForwardedOutcome _ ->
          failed.add(from);
    }
    conclude();
  }

  private void conclude() {
    Quorums.Write quorum = plan.quorum();
    int hoped = quorum.owners() - failed.size();
    if (acked >= quorum.w() && durable >= quorum.dw()) {
      answerStored();
    } else if (hoped < quorum.w()) {
      answer(new Failure.Unavailable(quorum.w(), acked, true));
    }
    if (acked == hoped) {
      answer(new Failure.Unavailable(Math.max(quorum.w(), quorum.dw()), durable, true));
      end();
    }
  }

  private void answerStored() {
    if (answered) {
      return;
    }
    answered = true;
    List<Sibling> siblings = plan.type().policy().resolve(state).siblings();
    boolean alone =
        siblings.size() == 1 && siblings.getFirst().content().isTwinOf(plan.request().content());
    VersionSet shown =
        plan.request().options().returnBody()
            ? plan.type().policy().resolve(state)
            : VersionSet.EMPTY;
    long self = around.inquiries().self().value();
    client.accept(new PutOutcome.Stored(state.clock(), alone, self, shown));
  }

  private void refuse(Failure failure) {
    answer(failure);
    end();
  }

  private void answer(Failure failure) {
    if (!answered) {
      answered = true;
      client.accept(new PutOutcome.Failed(failure));
    }
  }

  /** Before the local write an expired write is refused there, without effect; after, unknown. */
  private void expire() {
    boolean indeterminate = phase == Phase.WRITING || phase == Phase.REPLICATING;
    answer(new Failure.Timeout(plan.quorum().w(), acked, durable, indeterminate));
    if (phase != Phase.WRITING) {
      end();
    }
  }

  private void end() {
    phase = Phase.ENDED;
    timer.cancel();
    questions.forEach(around.inquiries()::forget);
  }
}
