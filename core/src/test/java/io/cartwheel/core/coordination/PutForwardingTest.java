package io.cartwheel.core.coordination;

import static io.cartwheel.core.coordination.Writes.failed;
import static io.cartwheel.core.coordination.Writes.failure;
import static io.cartwheel.core.coordination.Writes.preferring;
import static io.cartwheel.core.coordination.Writes.put;
import static io.cartwheel.core.coordination.Writes.stored;
import static io.cartwheel.core.coordination.Writes.storedAt;
import static io.cartwheel.core.coordination.Writes.w;
import static io.cartwheel.core.coordination.Writes.with;
import static io.cartwheel.core.fixture.ShardBench.A;
import static io.cartwheel.core.fixture.ShardBench.B;
import static io.cartwheel.core.fixture.ShardBench.C;
import static io.cartwheel.core.fixture.ShardBench.D;
import static io.cartwheel.core.fixture.ShardBench.E;
import static org.assertj.core.api.Assertions.assertThat;

import io.cartwheel.core.fixture.ScriptedEngine.Fault;
import io.cartwheel.core.fixture.ShardBench;
import io.cartwheel.core.message.Failure;
import io.cartwheel.core.message.Message;
import io.cartwheel.core.message.Message.ForwardedPut;
import io.cartwheel.core.message.Message.Refusal;
import io.cartwheel.core.message.Message.ReplicaPut;
import io.cartwheel.core.message.PutOutcome;
import io.cartwheel.core.message.PutRequest;
import io.cartwheel.core.port.Observer.Event;
import io.cartwheel.core.ring.MemberId;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Who coordinates a write, and what becomes of it when the first choice does not. */
class PutForwardingTest {
  private static final Failure UNAVAILABLE = new Failure.Unavailable(2, 1, false);

  /** A owns nothing here: it must hand every write on. */
  private ShardBench bench = new ShardBench(B, C, D);

  @AfterEach
  void nothingIsLeft() {
    bench.assertNothingLeft();
  }

  private void assertForwardedTo(MemberId... members) {
    assertThat(bench.asked(ForwardedPut.class)).containsExactly(members);
  }

  @Test
  void aPrimaryCoordinatesByItself() {
    bench = new ShardBench(A, B, C);
    bench.put(put("v"));

    assertForwardedTo();
    assertThat(bench.asked(ReplicaPut.class)).containsExactly(B, C);
  }

  @Test
  void aMemberThatIsNoPrimaryHandsTheWriteToOneAndPassesItsAnswerOn() {
    List<PutOutcome> outcomes = bench.put(put("v"));
    assertForwardedTo(B);
    assertThat(bench.counts.of(Event.PUT_FORWARDED)).isEqualTo(1);
    bench.coordinates(B, storedAt(B));

    assertThat(stored(outcomes)).isEqualTo(storedAt(B));
    assertThat(bench.engine.writes()).isZero();
  }

  /** Dynamo §5: the node that answered the preceding read fastest coordinates the write. */
  @Test
  void theCoordinatorThatTheContextPrefersGoesFirst() {
    bench.put(preferring(put("v"), C));
    assertForwardedTo(C);

    bench = new ShardBench(A, B, C);
    bench.put(preferring(put("v"), C));
    assertForwardedTo(C);
  }

  @Test
  void aPreferredCoordinatorThatIsNotConnectedIsNotWaitedFor() {
    bench = new ShardBench(A, B, C);
    bench.reset(C);
    bench.put(preferring(put("v"), C));

    assertForwardedTo();
    assertThat(bench.asked(ReplicaPut.class)).containsExactly(B);
  }

  @Test
  void aPreferredCoordinatorThatIsNoPrimaryIsNotAsked() {
    bench = new ShardBench(B, C, D, E);
    bench.put(preferring(put("v"), E));

    assertForwardedTo(B);
  }

  @Test
  void afterThePreferredOneThisMemberIsTriedAndThenTheOthers() {
    bench = new ShardBench(A, B, C);
    bench.engine.hold();
    List<PutOutcome> outcomes = bench.put(preferring(put("v"), C));
    bench.coordinates(C, failed(UNAVAILABLE));
    assertThat(bench.engine.callsHeld()).isEqualTo(1);
    bench.engine.answer(0, Fault.WITHOUT_EFFECT);
    assertForwardedTo(B);
    bench.coordinates(B, storedAt(B));

    stored(outcomes);
  }

  @Test
  void aRefusalWithoutEffectSendsTheSameWriteToTheNext() {
    List<PutOutcome> outcomes = bench.put(put("v"));
    PutRequest first = bench.coordinates(B, failed(UNAVAILABLE));
    PutRequest second = bench.coordinates(C, failed(new Failure.Overloaded()));
    PutRequest third = bench.coordinates(D, storedAt(D));

    assertThat(stored(outcomes)).isEqualTo(storedAt(D));
    assertThat(second).isEqualTo(first).isEqualTo(third);
    assertThat(first.content().requestId().length()).isEqualTo(16);
    assertThat(bench.counts.of(Event.PUT_RETRIED)).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource
  void everyRefusalSendsTheWriteToTheNext(Refusal refusal) {
    List<PutOutcome> outcomes = bench.put(put("v"));
    bench.refuses(B, refusal);
    assertForwardedTo(C);
    bench.coordinates(C, storedAt(C));

    stored(outcomes);
  }

  @Test
  void aResetSendsTheSameWriteToTheNext() {
    List<PutOutcome> outcomes = bench.put(put("v"));
    bench.reset(B);
    assertForwardedTo(C);
    bench.coordinates(C, storedAt(C));

    stored(outcomes);
  }

  @Test
  void refusalsOfAllWithoutEffectAreARefusalWithoutEffect() {
    List<PutOutcome> outcomes = bench.put(put("v"));
    bench.refuses(B, Refusal.NOT_OWNER);
    bench.coordinates(C, failed(new Failure.Overloaded()));
    bench.coordinates(D, failed(UNAVAILABLE));

    assertThat(failure(outcomes)).isEqualTo(UNAVAILABLE);
  }

  @Test
  void nobodyThatCanBeReachedIsARefusalWithoutEffectBecauseNothingWasSent() {
    bench.reset(B);
    bench.reset(C);
    bench.reset(D);
    List<PutOutcome> outcomes = bench.put(put("v"));
    assertThat(bench.wire.dialled()).containsExactly(B);
    bench.reset(B);
    bench.reset(C);
    bench.reset(D);

    assertThat(failure(outcomes)).isEqualTo(new Failure.Unavailable(2, 0, false));
    assertThat(bench.wire.everSent()).isEmpty();
  }

  @Test
  void aMemberThatIsNotConnectedIsDialledBeforeItIsSentTheWrite() {
    bench.reset(B);
    bench.reset(C);
    bench.reset(D);
    List<PutOutcome> outcomes = bench.put(put("v"));
    bench.reset(B);
    assertThat(bench.wire.everSent()).isEmpty();
    bench.connects(C);
    bench.coordinates(C, storedAt(C));

    stored(outcomes);
  }

  @Test
  void aDialThatTakesUntilTheDeadlineIsATimeoutWithoutEffect() {
    bench.reset(B);
    bench.reset(C);
    bench.reset(D);
    List<PutOutcome> outcomes = bench.put(put("v"));
    bench.time.pass(5_000);

    assertThat(failure(outcomes)).isEqualTo(new Failure.Timeout(2, 0, 0, false));
    bench.connects(B);
    assertThat(bench.wire.everSent()).isEmpty();
  }

  @Test
  void aMemberThatConnectsWhileAnotherCoordinatesIsNextInLine() {
    bench.reset(B);
    bench.reset(C);
    bench.reset(D);
    List<PutOutcome> outcomes = bench.put(put("v"));
    bench.time.pass(1_000);
    bench.connects(C);
    bench.connects(B);
    bench.coordinates(C, failed(UNAVAILABLE));
    bench.coordinates(B, storedAt(B));

    assertThat(stored(outcomes)).isEqualTo(storedAt(B));
  }

  /** After a pause a process may hear of a connection before it sees that the time is up. */
  @Test
  void aConnectionThatComesAfterTheDeadlineIsNotSentTheWrite() {
    bench.reset(B);
    bench.reset(C);
    bench.reset(D);
    List<PutOutcome> outcomes = bench.put(put("v"));
    bench.time.stall(5_000);
    bench.connects(B);
    bench.time.pass(0);

    assertThat(bench.wire.everSent()).isEmpty();
    assertThat(failure(outcomes).isIndeterminate()).isFalse();
  }

  @Test
  void aPrimaryThatReachesTooFewTriesThoseConnectedAndDialsNobodyTwice() {
    bench = new ShardBench(A, B, C);
    bench.reset(C);
    List<PutOutcome> outcomes = bench.put(with(put("v"), w(3)));
    bench.reset(C);
    assertForwardedTo(B);
    bench.coordinates(B, failed(new Failure.Unavailable(3, 2, false)));

    assertThat(failure(outcomes)).isEqualTo(new Failure.Unavailable(3, 2, false));
    assertThat(bench.wire.dialled()).containsExactly(C);
  }

  @Test
  void theOwnDiskFailingSendsTheWriteToTheOthersAndLeavesItUnknownIfTheyRefuse() {
    bench = new ShardBench(A, B, C);
    bench.engine.failNext(Fault.WITHOUT_EFFECT);
    List<PutOutcome> outcomes = bench.put(put("v"));
    bench.coordinates(B, failed(UNAVAILABLE));
    bench.coordinates(C, failed(UNAVAILABLE));

    assertThat(failure(outcomes)).isEqualTo(new Failure.Unavailable(2, 1, true));
  }

  /** Once an attempt may have taken effect, no later refusal can say that none did. */
  @ParameterizedTest
  @MethodSource
  void aRefusalAfterAResetIsUnknown(Failure last) {
    List<PutOutcome> outcomes = bench.put(put("v"));
    bench.reset(B);
    bench.coordinates(C, failed(UNAVAILABLE));
    bench.coordinates(D, failed(last));

    assertThat(failure(outcomes).isIndeterminate()).isTrue();
  }

  static Stream<Failure> aRefusalAfterAResetIsUnknown() {
    return Stream.of(
        UNAVAILABLE,
        new Failure.Overloaded(),
        new Failure.Timeout(2, 0, 0, false),
        new Failure.TooManySiblings(100, 1_000),
        new Failure.TooLarge(2, 1),
        new Failure.Invalid("reason"),
        new Failure.StorageFailed());
  }

  @Test
  void aDiskThatFailedElsewhereMayHaveTakenTheWrite() {
    List<PutOutcome> outcomes = bench.put(put("v"));
    bench.refuses(B, Refusal.STORAGE_FAILED);
    bench.coordinates(C, failed(UNAVAILABLE));
    bench.coordinates(D, failed(UNAVAILABLE));

    assertThat(failure(outcomes)).isEqualTo(new Failure.Unavailable(2, 1, true));
  }

  @Test
  void anUnknownOutcomeIsPassedOnAndNotTriedAgain() {
    var unknown = new Failure.Timeout(2, 1, 1, true);
    List<PutOutcome> outcomes = bench.put(put("v"));
    bench.coordinates(B, failed(unknown));

    assertThat(failure(outcomes)).isEqualTo(unknown);
    assertForwardedTo();
  }

  @Test
  void aRefusalThatNoOtherWouldJudgeOtherwiseIsPassedOn() {
    List<PutOutcome> outcomes = bench.put(put("v"));
    bench.coordinates(B, failed(new Failure.TooManySiblings(100, 1_000)));

    assertThat(failure(outcomes)).isEqualTo(new Failure.TooManySiblings(100, 1_000));
  }

  @Test
  void aCoordinatorThatLivesButHasNoAnswerUntilTheDeadlineIsUnknownAndNobodyElseIsTried() {
    List<PutOutcome> outcomes = bench.put(put("v"));
    bench.pass(4_999, B);
    assertThat(outcomes).isEmpty();
    bench.pass(1, B);

    assertThat(failure(outcomes)).isEqualTo(new Failure.Timeout(2, 0, 0, true));
    assertThat(bench.counts.of(Event.PUT_RETRIED)).isZero();
    bench.coordinates(B, storedAt(B));
    assertThat(outcomes).hasSize(1);
  }

  @Test
  void anAnswerRepeatedOrOfTheWrongKindIsNone() {
    List<PutOutcome> outcomes = bench.put(put("v"));
    var toB = bench.wire.take(B, ForwardedPut.class);
    bench.shard.replied(B, new Message.ReplicaStored(toB.id(), true));
    assertForwardedTo(C);
    bench.shard.replied(B, new Message.ForwardedOutcome(toB.id(), storedAt(B)));
    assertThat(outcomes).isEmpty();
    bench.coordinates(C, storedAt(C));

    assertThat(stored(outcomes)).isEqualTo(storedAt(C));
  }

  @Test
  void laterAttemptsTellHowLittleTimeIsLeft() {
    bench.put(put("v"));
    bench.pass(3_000, B);
    bench.refuses(B, Refusal.OVERLOADED);

    assertThat(bench.wire.take(C, ForwardedPut.class).timeoutMillis()).isEqualTo(2_000);
  }

  @Test
  void aForwardedWriteIsCoordinatedAndNeverForwardedAgain() {
    bench = new ShardBench(A, B, C);
    var replies = bench.receive(new ForwardedPut(77, preferring(put("v"), C), false, 0, 1_000));
    assertForwardedTo();
    bench.takes(B);

    assertThat(replies).singleElement().isInstanceOf(Message.ForwardedOutcome.class);
    var outcome = (Message.ForwardedOutcome) replies.getFirst();
    assertThat(outcome.id()).isEqualTo(77);
    assertThat(((PutOutcome.Stored) outcome.outcome()).coordinator()).isEqualTo(A.value());
  }

  @Test
  void aForwardedWriteKeepsItsOwnDeadline() {
    bench = new ShardBench(A, B, C);
    var replies = bench.receive(new ForwardedPut(77, put("v"), false, 0, 100));
    bench.time.pass(100);

    assertThat(replies)
        .containsExactly(
            new Message.ForwardedOutcome(77, failed(new Failure.Timeout(2, 1, 1, true))));
  }

  @Test
  void aForwardedWriteOfAnothersKeyIsRefused() {
    assertThat(bench.receive(new ForwardedPut(77, put("v"), false, 0, 1_000)))
        .containsExactly(new Message.Refused(77, Refusal.NOT_OWNER));
  }

  @Test
  void aForwardedWriteWhoseTimeIsUpMintsNoDot() {
    bench = new ShardBench(A, B, C);
    var replies = bench.receive(new ForwardedPut(77, put("v"), false, 0, 0));

    assertThat(replies)
        .containsExactly(
            new Message.ForwardedOutcome(77, failed(new Failure.Timeout(2, 0, 0, false))));
    assertThat(bench.engine.reads()).isZero();
  }
}
