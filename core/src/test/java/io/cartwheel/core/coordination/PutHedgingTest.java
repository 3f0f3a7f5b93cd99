package io.cartwheel.core.coordination;

import static io.cartwheel.core.coordination.Writes.failed;
import static io.cartwheel.core.coordination.Writes.failure;
import static io.cartwheel.core.coordination.Writes.put;
import static io.cartwheel.core.coordination.Writes.stored;
import static io.cartwheel.core.coordination.Writes.storedAt;
import static io.cartwheel.core.fixture.ShardBench.A;
import static io.cartwheel.core.fixture.ShardBench.B;
import static io.cartwheel.core.fixture.ShardBench.C;
import static io.cartwheel.core.fixture.ShardBench.D;
import static io.cartwheel.core.fixture.ShardBench.E;
import static org.assertj.core.api.Assertions.assertThat;

import io.cartwheel.core.fixture.ShardBench;
import io.cartwheel.core.message.Failure;
import io.cartwheel.core.message.Message;
import io.cartwheel.core.message.Message.ForwardedPut;
import io.cartwheel.core.message.Message.Heartbeat;
import io.cartwheel.core.message.PutOutcome;
import io.cartwheel.core.message.PutRequest;
import io.cartwheel.core.port.Observer.Event;
import io.cartwheel.core.ring.MemberId;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When a write is given to another coordinator because the first says nothing. */
class PutHedgingTest {
  private static final long HEDGE_MILLIS = 50;

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
  void aCoordinatorThatFallsSilentIsAskedForASignOfLifeAndThenGivenUp() {
    List<PutOutcome> outcomes = bench.put(put("v"));
    bench.time.pass(HEDGE_MILLIS - 1);
    assertThat(bench.asked(Heartbeat.class)).containsExactly(B);
    assertForwardedTo(B);
    bench.time.pass(1);
    assertForwardedTo(B, C);
    assertThat(bench.counts.of(Event.PUT_HEDGED)).isEqualTo(1);
    bench.coordinates(C, storedAt(C));

    assertThat(stored(outcomes)).isEqualTo(storedAt(C));
  }

  /** So that both attempts, if both take effect, are seen as one write. */
  @Test
  void theNextIsSentTheSameWriteUnderTheSameRequestId() {
    bench.put(put("v"));
    bench.time.pass(HEDGE_MILLIS);
    PutRequest first = bench.wire.take(B, ForwardedPut.class).put();
    PutRequest second = bench.wire.take(C, ForwardedPut.class).put();

    assertThat(second).isEqualTo(first);
    assertThat(second.content().requestId().isEmpty()).isFalse();
  }

  /** It may yet do it: a second coordinator would only add to its load. */
  @Test
  void aCoordinatorThatIsSlowButAnswersOthersIsNotGivenUp() {
    List<PutOutcome> outcomes = bench.put(put("v"));
    bench.pass(3_000, B);
    assertForwardedTo(B);
    bench.coordinates(B, storedAt(B));

    stored(outcomes);
    assertThat(bench.counts.of(Event.PUT_HEDGED)).isZero();
  }

  @Test
  void aSignOfLifeThatWasAskedForHalfwayIsEnough() {
    bench.put(put("v"));
    bench.time.pass(HEDGE_MILLIS / 2);
    var beat = bench.wire.take(B, Heartbeat.class);
    bench.time.pass(1);
    bench.shard.replied(B, new Message.Alive(beat.id(), false));
    bench.time.pass(HEDGE_MILLIS / 2);

    assertForwardedTo(B);
  }

  @Test
  void aCoordinatorThatWasGivenUpMayStillBeTheFirstToAnswer() {
    List<PutOutcome> outcomes = bench.put(put("v"));
    bench.time.pass(HEDGE_MILLIS);
    bench.coordinates(B, storedAt(B));

    assertThat(stored(outcomes)).isEqualTo(storedAt(B));
  }

  @Test
  void theLastOneIsWaitedForBecauseThereIsNobodyElse() {
    List<PutOutcome> outcomes = bench.put(put("v"));
    bench.time.pass(1_000);
    assertForwardedTo(B, C, D);
    assertThat(bench.counts.of(Event.PUT_HEDGED)).isEqualTo(2);
    bench.coordinates(D, storedAt(D));

    stored(outcomes);
  }

  @Test
  void onceACoordinatorWasGivenUpNoRefusalCanSayThatNothingHappened() {
    List<PutOutcome> outcomes = bench.put(put("v"));
    bench.time.pass(1_000);
    bench.coordinates(B, failed(new Failure.Overloaded()));
    bench.coordinates(C, failed(new Failure.Overloaded()));
    assertThat(outcomes).isEmpty();
    bench.coordinates(D, failed(new Failure.Overloaded()));

    assertThat(failure(outcomes)).isEqualTo(new Failure.Unavailable(2, 0, true));
  }

  @Test
  void aDialThatHangsDoesNotCostTheDeadline() {
    List.of(B, C, D).forEach(bench::reset);
    List<PutOutcome> outcomes = bench.put(put("v"));
    bench.time.pass(HEDGE_MILLIS);
    assertThat(bench.wire.dialled()).containsExactly(B, C);
    bench.connects(C);
    bench.coordinates(C, storedAt(C));

    stored(outcomes);
    assertThat(bench.counts.of(Event.PUT_HEDGED)).isZero();
  }

  @Test
  void aDialThatTookLongIsWelcomeWhenNobodyElseHasTheWrite() {
    List.of(B, C, D).forEach(bench::reset);
    List<PutOutcome> outcomes = bench.put(put("v"));
    bench.time.pass(1_000);
    assertThat(outcomes).isEmpty();
    bench.connects(B);
    bench.coordinates(B, storedAt(B));

    stored(outcomes);
  }

  /** A dot is minted once the write is here, so a dial that comes late adds no coordinator. */
  @Test
  void aDialThatTookLongIsNotNeededWhereAnotherHasTheWrite() {
    bench.reset(B);
    bench.reset(C);
    bench.put(put("v"));
    assertForwardedTo(D);
    bench.connects(B);

    assertForwardedTo(D);
  }

  @Test
  void anOwnerThatAnswersIsPreferredToOneThatStandsIn() {
    bench = new ShardBench(B, C, D, A, E);
    bench.reset(B);
    bench.reset(C);
    bench.put(put("v"));

    assertForwardedTo(D);
    assertThat(bench.wire.take(D, ForwardedPut.class).standIn()).isFalse();
  }

  @Test
  void thisMemberStandsInItselfIfItIsAmongTheFirstNHealthyOnes() {
    bench = new ShardBench(B, C, D, E, A);
    List.of(B, C, D).forEach(bench::reset);
    List<PutOutcome> outcomes = bench.put(put("v"));
    assertForwardedTo();
    bench.takes(E);

    stored(outcomes);
    assertThat(bench.counts.of(Event.STAND_IN_COORDINATED)).isEqualTo(1);
  }

  @Test
  void aStandInIsToldThatItIsOne() {
    bench = new ShardBench(B, C, D, E);
    List.of(B, C, D).forEach(bench::reset);
    bench.put(put("v"));

    assertForwardedTo(E);
    assertThat(bench.wire.take(E, ForwardedPut.class).standIn()).isTrue();
  }

  @Test
  void whoIsAskedToStandInCoordinatesThoughItIsNoOwner() {
    bench = new ShardBench(B, C, D, A);
    var replies = bench.receive(new ForwardedPut(7, put("v"), true, 0, 1_000));
    assertForwardedTo();
    bench.takes(B);

    assertThat(replies).singleElement().isInstanceOf(Message.ForwardedOutcome.class);
    assertThat(bench.owedHere()).as("it holds the write for the last of them").containsExactly(D);
  }

  @Test
  void aWriteWhoseTimeIsUpMintsNoDotAtAStandInEither() {
    bench = new ShardBench(B, C, D, A);
    bench.receive(new ForwardedPut(7, put("v"), true, 0, 0));

    assertThat(bench.engine.reads() + bench.engine.writes()).isZero();
  }

  @Test
  void aMemberThatWasHeldUpLetsOthersCoordinate() {
    bench = new ShardBench(A, B, C);
    bench.shard.start();
    bench.time.stall(1_000);
    bench.pass(10, B, C);
    assertThat(bench.shard.isSlow()).isTrue();
    bench.put(put("v"));

    assertForwardedTo(B);
    bench = new ShardBench(A, B, C);
  }
}
