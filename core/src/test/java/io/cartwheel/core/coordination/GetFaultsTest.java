package io.cartwheel.core.coordination;

import static io.cartwheel.core.coordination.Reads.DEFAULT;
import static io.cartwheel.core.coordination.Reads.NEW;
import static io.cartwheel.core.coordination.Reads.NOTHING;
import static io.cartwheel.core.coordination.Reads.OLD;
import static io.cartwheel.core.coordination.Reads.OTHER;
import static io.cartwheel.core.coordination.Reads.all;
import static io.cartwheel.core.coordination.Reads.failure;
import static io.cartwheel.core.coordination.Reads.nodeConfirms;
import static io.cartwheel.core.coordination.Reads.pr;
import static io.cartwheel.core.coordination.Reads.r;
import static io.cartwheel.core.coordination.Reads.state;
import static io.cartwheel.core.fixture.ShardBench.A;
import static io.cartwheel.core.fixture.ShardBench.B;
import static io.cartwheel.core.fixture.ShardBench.C;
import static io.cartwheel.core.fixture.ShardBench.D;
import static io.cartwheel.core.fixture.ShardBench.E;
import static org.assertj.core.api.Assertions.assertThat;

import io.cartwheel.core.bucket.Quorum;
import io.cartwheel.core.fixture.ScriptedEngine.Fault;
import io.cartwheel.core.fixture.ShardBench;
import io.cartwheel.core.message.Failure;
import io.cartwheel.core.message.GetOutcome;
import io.cartwheel.core.message.Message;
import io.cartwheel.core.message.Message.Detail;
import io.cartwheel.core.message.Message.Refusal;
import io.cartwheel.core.message.Message.ReplicaGet;
import io.cartwheel.core.overload.LatencyWindow;
import io.cartwheel.core.port.Observer.Event;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Reads whose replicas are slow, gone, or refuse. */
class GetFaultsTest {
  private static final long PATIENCE_MILLIS = LatencyWindow.UNKNOWN_NANOS / 1_000_000;

  private ShardBench bench = new ShardBench(A, B, C);

  @AfterEach
  void nothingIsLeft() {
    bench.assertNothingLeft();
  }

  @Test
  void aSlowReplicaIsAskedPastAfterTheFixedPatience() {
    bench.stored(OLD);
    List<GetOutcome> outcomes = bench.get(DEFAULT);
    bench.time.pass(PATIENCE_MILLIS - 1);
    assertThat(bench.asked(ReplicaGet.class)).containsExactly(B);

    bench.time.pass(1);
    assertThat(bench.asked(ReplicaGet.class)).containsExactly(B, C);
    assertThat(bench.counts.of(Event.READ_EXTENDED)).isEqualTo(1);
    bench.holds(C, OLD);

    assertThat(state(outcomes)).isEqualTo(OLD);
  }

  @Test
  void aSlowReplicaThatAnswersAfterAllCountsAsWell() {
    bench.stored(OLD);
    List<GetOutcome> outcomes = bench.get(DEFAULT);
    bench.time.pass(PATIENCE_MILLIS);
    bench.holds(B, OLD);

    assertThat(state(outcomes)).isEqualTo(OLD);
  }

  @Test
  void aReplicaThatWasSilentIsAskedLastTheNextTime() {
    bench.stored(OLD);
    bench.get(DEFAULT);
    bench.time.pass(PATIENCE_MILLIS);
    bench.holds(C, OLD);
    bench.wire.take(B, ReplicaGet.class);

    List<GetOutcome> outcomes = bench.get(DEFAULT);
    assertThat(bench.asked(ReplicaGet.class)).containsExactly(C);
    bench.holds(C, OLD);
    assertThat(state(outcomes)).isEqualTo(OLD);
  }

  @Test
  void aDigestWhoseStateIsSlowIsFollowedByAReadOfTheState() {
    bench = new ShardBench(B, C, D);
    List<GetOutcome> outcomes = bench.get(DEFAULT);
    bench.holds(C, OLD);
    bench.time.pass(PATIENCE_MILLIS);

    assertThat(bench.wire.take(C, ReplicaGet.class).detail()).isEqualTo(Detail.FULL);
    bench.time.pass(PATIENCE_MILLIS);
    bench.holds(D, OLD);
    bench.holds(B, OLD);
    assertThat(state(outcomes)).isEqualTo(OLD);
  }

  @Test
  void aDigestWhoseStateWillNeverComeIsFollowedByAReadOfTheStateAtOnce() {
    bench = new ShardBench(B, C, D);
    List<GetOutcome> outcomes = bench.get(DEFAULT);
    bench.holds(C, OLD);
    bench.reset(B);

    assertThat(bench.asked(ReplicaGet.class)).containsExactly(C, D);
    assertThat(bench.wire.underWay())
        .allMatch(sent -> ((ReplicaGet) sent.request()).detail() == Detail.FULL);
    bench.holds(C, OLD);
    assertThat(outcomes).isEmpty();
    bench.holds(D, OLD);
    assertThat(state(outcomes)).isEqualTo(OLD);
  }

  @Test
  void aResetAsksTheNextAtOnce() {
    bench.stored(OLD);
    List<GetOutcome> outcomes = bench.get(DEFAULT);
    bench.reset(B);
    assertThat(bench.asked(ReplicaGet.class)).containsExactly(C);
    bench.holds(C, OLD);

    assertThat(state(outcomes)).isEqualTo(OLD);
    assertThat(bench.counts.of(Event.READ_EXTENDED)).isZero();
  }

  @Test
  void aRequestThatCouldNotBeSentAsksTheNextAtOnce() {
    bench.stored(OLD);
    List<GetOutcome> outcomes = bench.get(DEFAULT);
    bench.shard.unsent(B, bench.wire.take(B, ReplicaGet.class).id());
    bench.holds(C, OLD);

    assertThat(state(outcomes)).isEqualTo(OLD);
  }

  @ParameterizedTest
  @EnumSource
  void aRefusalAsksTheNextAtOnce(Refusal refusal) {
    bench.stored(OLD);
    List<GetOutcome> outcomes = bench.get(DEFAULT);
    bench.refuses(B, refusal);
    bench.holds(C, OLD);

    assertThat(state(outcomes)).isEqualTo(OLD);
  }

  @Test
  void anAnswerOfTheWrongKindIsNone() {
    bench.stored(OLD);
    List<GetOutcome> outcomes = bench.get(DEFAULT);
    var toB = bench.wire.take(B, ReplicaGet.class);
    bench.shard.replied(B, new Message.ReplicaStored(toB.id(), true));
    assertThat(outcomes).isEmpty();
    bench.holds(C, OLD);

    assertThat(state(outcomes)).isEqualTo(OLD);
  }

  @Test
  void theOwnDiskFailingIsOneReplicaLess() {
    bench.stored(OLD);
    bench.engine.failNext(Fault.WITHOUT_EFFECT);
    List<GetOutcome> outcomes = bench.get(DEFAULT);
    assertThat(bench.asked(ReplicaGet.class)).containsExactly(B, C);
    bench.holds(B, OLD);
    bench.holds(C, OLD);

    assertThat(state(outcomes)).isEqualTo(OLD);
  }

  @Test
  void theOwnDiskBeingSlowIsOneReplicaPassedBy() {
    bench.engine.hold();
    List<GetOutcome> outcomes = bench.get(DEFAULT);
    bench.time.pass(PATIENCE_MILLIS);
    bench.holds(B, OLD);
    bench.holds(C, OLD);

    assertThat(state(outcomes)).isEqualTo(OLD);
  }

  @Test
  void tooFewReplicasLeftIsUnavailableAtOnceAndSaysHowMany() {
    bench.stored(OLD);
    List<GetOutcome> outcomes = bench.get(r(2));
    bench.reset(B);
    assertThat(outcomes).isEmpty();
    bench.reset(C);

    assertThat(failure(outcomes)).isEqualTo(new Failure.Unavailable(2, 1, false));
  }

  @Test
  void aReadOfAllFailsWithTheFirstReplicaLost() {
    bench.stored(OLD);
    List<GetOutcome> outcomes = bench.get(all(3));
    bench.reset(C);

    assertThat(failure(outcomes)).isEqualTo(new Failure.Unavailable(3, 1, false));
    bench.holds(B, OLD);
  }

  @Test
  void silenceUntilTheDeadlineIsATimeoutThatSaysHowManyAnswered() {
    bench.stored(OLD);
    List<GetOutcome> outcomes = bench.get(r(3).withTimeout(300));
    bench.holds(B, OLD);
    bench.time.pass(299);
    assertThat(outcomes).isEmpty();
    bench.time.pass(1);

    assertThat(failure(outcomes)).isEqualTo(new Failure.Timeout(3, 2, 0, false));
    assertThat(bench.shard.questionsOpen()).isZero();
  }

  @Test
  void aDigestThatNobodyExplainedIsNoAnswer() {
    bench.stored(OLD);
    List<GetOutcome> outcomes = bench.get(DEFAULT.withTimeout(40));
    bench.holds(B, NEW);
    bench.time.pass(40);

    assertThat(failure(outcomes)).isEqualTo(new Failure.Timeout(2, 1, 0, false));
  }

  @Test
  void aDeadlineShorterThanThePatienceIsKept() {
    List<GetOutcome> outcomes = bench.get(DEFAULT.withTimeout(10));
    bench.time.pass(10);

    assertThat(failure(outcomes)).isInstanceOf(Failure.Timeout.class);
  }

  @Test
  void laterQuestionsTellHowLittleTimeIsLeft() {
    bench.get(DEFAULT.withTimeout(300));
    bench.time.pass(PATIENCE_MILLIS);

    assertThat(bench.wire.take(C, ReplicaGet.class).timeoutMillis())
        .isEqualTo((int) (300 - PATIENCE_MILLIS));
  }

  @Test
  void afterTheDeadlineLateRepliesAreNobodys() {
    bench.stored(OLD);
    List<GetOutcome> outcomes = bench.get(r(2).withTimeout(10));
    bench.time.pass(10);
    bench.holds(B, NEW);

    assertThat(outcomes).hasSize(1);
    assertThat(bench.wire.everSent()).hasSize(1);
  }

  @Test
  void aReplicaLostAfterTheAnswerEndsTheWaitForIt() {
    bench.stored(OLD);
    List<GetOutcome> outcomes = bench.get(all(2));
    bench.holds(B, OTHER);
    assertThat(state(outcomes)).isEqualTo(OLD.merge(OTHER));
    assertThat(bench.shard.questionsOpen()).isEqualTo(1);
    bench.reset(C);

    assertThat(bench.shard.questionsOpen()).isZero();
  }

  @Test
  void aReadWhoseReplicasAllFailBeforeAnyAnswersIsUnavailable() {
    bench = new ShardBench(B, C, D);
    List<GetOutcome> outcomes = bench.get(DEFAULT);
    bench.refuses(B, Refusal.NOT_OWNER);
    bench.refuses(C, Refusal.STORAGE_FAILED);

    assertThat(failure(outcomes)).isEqualTo(new Failure.Unavailable(2, 0, false));
  }

  @Test
  void unconnectedReplicasAreAskedAsWellBecauseARequestDials() {
    bench.wire.disconnect(B);
    bench.wire.disconnect(C);
    List<GetOutcome> outcomes = bench.get(DEFAULT);
    bench.holds(B, NOTHING);

    assertThat(state(outcomes)).isEqualTo(NOTHING);
  }

  /**
   * They are there and may have room soon: a client does better to wait than to look for others.
   */
  @Test
  void aReadThatLacksOnlyRoomSaysSo() {
    List<GetOutcome> outcomes = bench.get(DEFAULT);
    bench.refuses(B, Refusal.OVERLOADED);
    bench.refuses(C, Refusal.OVERLOADED);

    assertThat(outcomes).containsExactly(new GetOutcome.Failed(new Failure.Overloaded()));
  }

  @Test
  void aReadThatLacksOnlyRoomForItsDistinctMembersSaysSo() {
    bench.stored(OLD);
    List<GetOutcome> outcomes = bench.get(nodeConfirms(3));
    bench.refuses(B, Refusal.OVERLOADED);

    assertThat(failure(outcomes)).as("though C may answer yet").isEqualTo(new Failure.Overloaded());
  }

  /** Though its r is met: whoever tries again soon will not get more. */
  @Test
  void aReadThatLacksMembersBesidesRoomSaysThatTheyAreWanting() {
    bench = new ShardBench(A, B, C, D, E);
    bench.stored(OLD);
    List<GetOutcome> outcomes = bench.get(nodeConfirms(3));
    bench.reset(B);
    bench.refuses(C, Refusal.OVERLOADED);
    assertThat(outcomes).isEmpty();
    bench.reset(D);

    assertThat(failure(outcomes)).isEqualTo(new Failure.Unavailable(3, 1, false));
  }

  /** Otherwise the client would be told that it needed two and got two. */
  @Test
  void aReadThatEnoughAnsweredButTooFewOwnersSaysThatOwnersAreWanting() {
    bench = new ShardBench(A, B, C, D, E);
    bench.stored(OLD);
    bench.reset(B);
    bench.reset(C);
    List<GetOutcome> outcomes = bench.get(pr(2));
    bench.holds(D, OLD);
    bench.holds(E, OLD);
    assertThat(bench.asked(ReplicaGet.class)).as("suspects too").contains(B);
    bench.reset(B);
    bench.reset(C);

    assertThat(failure(outcomes)).isEqualTo(new Failure.Unavailable(2, 1, false, true));
  }

  @Test
  void roomThatAStandInMadeUpForIsNotWhatAReadLacks() {
    bench = new ShardBench(A, B, C, D, E);
    List<GetOutcome> outcomes = bench.get(DEFAULT.withR(Quorum.ALL).withSloppy(true));
    bench.refuses(B, Refusal.OVERLOADED);
    bench.holds(D, NOTHING);
    bench.reset(C);
    bench.reset(E);

    assertThat(failure(outcomes)).isEqualTo(new Failure.Unavailable(3, 2, false));
  }
}
