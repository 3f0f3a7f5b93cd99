package io.cartwheel.core.coordination;

import io.cartwheel.core.bucket.BucketType;
import io.cartwheel.core.message.Failure;
import io.cartwheel.core.message.PutOutcome;
import io.cartwheel.core.message.PutRequest;
import io.cartwheel.core.port.Observer;
import io.cartwheel.core.port.StorageEngine.Address;
import io.cartwheel.core.port.Timers;
import io.cartwheel.core.replica.LocalWrite;
import io.cartwheel.core.replica.Replica;
import io.cartwheel.core.replica.ReplicaOutcome;
import io.cartwheel.core.ring.MemberId;
import io.cartwheel.core.ring.PreferenceList;
import io.cartwheel.core.version.VersionSet;
import java.util.function.Consumer;

/**
 * One write at its coordinator (Dynamo §4.5, §4.6, §5): makes sure that W members can be reached,
 * writes here under a new dot, has the resulting state kept by the owners and those who stand in
 * for them, answers when W have it.
 *
 * <p>Refusals before the local write are without effect. After it, a write that is not acknowledged
 * is unknown: replicas may hold it, and reads may show it.
 */
public final class PutCoordination {
  private final Surroundings around;
  private final Replica replica;
  private final Plan plan;
  private final Consumer<PutOutcome> client;
  private final Timers.Timer timer;
  private Stage stage = Stage.REACHING;
  private boolean answered;

  private enum Stage {
    REACHING,
    WRITING,
    REPLICATING
  }

  /**
   * What is to be written and what ends it.
   *
   * @param stamp the barrier under which it begins
   */
  record Plan(
      PutRequest request,
      BucketType type,
      PreferenceList list,
      Quorums.Write quorum,
      long stamp,
      long deadlineNanos) {

    Address address() {
      return new Address(list.partition(), request.key());
    }
  }

  PutCoordination(Surroundings around, Replica replica, Plan plan, Consumer<PutOutcome> client) {
    this.around = around;
    this.replica = replica;
    this.plan = plan;
    this.client = client;
    long left = Math.max(0, plan.deadlineNanos() - around.clock().nanos());
    timer = around.timers().after(left, this::expire);
  }

  void start() {
    if (!plan.list().isPrimary(around.inquiries().self())) {
      around.observer().count(Observer.Event.STAND_IN_COORDINATED);
    }
    new Reaching(around, plan, this::reached).start();
  }

  private void reached(Reaching.Result result) {
    if (answered) {
      return;
    }
    switch (result) {
      case Reaching.Result.Enough(var members) -> {
        MemberId self = around.inquiries().self();
        var targets = new WriteTargets(self, plan.list(), members);
        stage = Stage.WRITING;
        writeHere(targets);
      }
      case Reaching.Result.TooFew(Failure.Unavailable failure) -> fail(failure);
    }
  }

  private void writeHere(WriteTargets targets) {
    PutRequest put = plan.request();
    var write =
        new LocalWrite(
            put.content(), put.seen(), plan.type(), targets.ownOwed(), plan.deadlineNanos());
    replica.coordinate(plan.address(), write, outcome -> written(outcome, targets));
  }

  private void written(ReplicaOutcome outcome, WriteTargets targets) {
    switch (outcome) {
      case ReplicaOutcome.Held(VersionSet held, _) -> replicate(held, targets);
      case ReplicaOutcome.Expired _ -> fail(new Failure.Timeout(plan.quorum().w(), 0, 0, false));
      case ReplicaOutcome.Overloaded _ -> fail(new Failure.Overloaded());
      case ReplicaOutcome.SiblingsFull(int siblings, int bytes) ->
          fail(new Failure.TooManySiblings(siblings, bytes));
      case ReplicaOutcome.Outdated _ ->
          throw new AssertionError("what a client writes is not outdated");
      case ReplicaOutcome.StorageFailed _ -> fail(new Failure.StorageFailed());
      case ReplicaOutcome.HintsFull _ -> {
        if (plan.list().isPrimary(around.inquiries().self())) {
          targets.oweNobody();
          writeHere(targets);
        } else {
          fail(new Failure.Unavailable(plan.quorum().w(), 0, false));
        }
      }
    }
  }

  /** If the client was told "timeout" meanwhile, nobody waits, but the owners shall have it. */
  private void replicate(VersionSet held, WriteTargets targets) {
    stage = Stage.REPLICATING;
    timer.cancel();
    new Replication(around, replica, plan, held, targets, new Client(held)).start(answered);
  }

  private final class Client implements Replication.Listener {
    private final VersionSet state;

    Client(VersionSet state) {
      this.state = state;
    }

    @Override
    public void stored() {
      if (answered) {
        return;
      }
      VersionSet shown =
          plan.type().policy().resolve(state).unexpiredAt(around.clock().wallMillis());
      boolean returnBody = plan.request().options().returnBody();
      long self = around.inquiries().self().value();
      answer(
          new PutOutcome.Stored(
              state.clock(), isAlone(shown), self, returnBody ? shown : VersionSet.EMPTY));
    }

    /** Its twins count as itself; and if by this clock it expired already, nothing else is left. */
    private boolean isAlone(VersionSet shown) {
      return shown.siblings().stream()
          .allMatch(sibling -> sibling.content().isTwinOf(plan.request().content()));
    }

    @Override
    public void failed(Failure failure) {
      fail(failure);
    }
  }

  private void fail(Failure failure) {
    answer(new PutOutcome.Failed(failure));
  }

  private void answer(PutOutcome outcome) {
    if (!answered) {
      answered = true;
      timer.cancel();
      client.accept(outcome);
    }
  }

  /** Before the local write an expired write is refused there, without effect; after, unknown. */
  private void expire() {
    boolean indeterminate = stage != Stage.REACHING;
    fail(new Failure.Timeout(plan.quorum().w(), 0, 0, indeterminate));
  }
}
