package io.cartwheel.core.coordination;

import static io.cartwheel.core.coordination.Reads.NEW;
import static io.cartwheel.core.coordination.Reads.NOTHING;
import static io.cartwheel.core.coordination.Reads.OLD;
import static io.cartwheel.core.coordination.Writes.failure;
import static io.cartwheel.core.coordination.Writes.nodes;
import static io.cartwheel.core.coordination.Writes.put;
import static io.cartwheel.core.coordination.Writes.pw;
import static io.cartwheel.core.coordination.Writes.stored;
import static io.cartwheel.core.coordination.Writes.strict;
import static io.cartwheel.core.coordination.Writes.texts;
import static io.cartwheel.core.coordination.Writes.w;
import static io.cartwheel.core.coordination.Writes.with;
import static io.cartwheel.core.fixture.ShardBench.A;
import static io.cartwheel.core.fixture.ShardBench.AT;
import static io.cartwheel.core.fixture.ShardBench.B;
import static io.cartwheel.core.fixture.ShardBench.C;
import static io.cartwheel.core.fixture.ShardBench.D;
import static io.cartwheel.core.fixture.ShardBench.E;
import static org.assertj.core.api.Assertions.assertThat;

import io.cartwheel.core.fixture.ScriptedEngine.Fault;
import io.cartwheel.core.fixture.ShardBench;
import io.cartwheel.core.fixture.ShardBench.AskedFor;
import io.cartwheel.core.message.Failure;
import io.cartwheel.core.message.GetOutcome;
import io.cartwheel.core.message.Message;
import io.cartwheel.core.message.Message.ForwardedPut;
import io.cartwheel.core.message.Message.Refusal;
import io.cartwheel.core.message.Message.ReplicaGet;
import io.cartwheel.core.message.Message.ReplicaPut;
import io.cartwheel.core.message.PutOutcome;
import io.cartwheel.core.message.PutRequest.Options;
import io.cartwheel.core.port.Observer.Event;
import io.cartwheel.core.ring.MemberId;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What Dynamo §4.6 says of failures that pass, claim by claim. N is 3: D and E stand in. */
class DynamoSection46Test {
  private static final long HEDGE_MILLIS = 50;

  private ShardBench bench = new ShardBench(A, B, C, D, E);

  @AfterEach
  void nothingIsLeft() {
    bench.assertNothingLeft();
  }

  private void assertAsked(AskedFor... expected) {
    assertThat(bench.writesUnderWay()).containsExactlyInAnyOrder(expected);
  }

  private static AskedFor asked(MemberId member, MemberId... owed) {
    return new AskedFor(member, List.of(owed));
  }

  /** §4.6: writes go to the first N healthy members; a hint says who should have had it. */
  @Test
  void aWriteForAMemberThatIsDownGoesToTheNextHealthyOneAndNamesTheOwner() {
    bench.reset(B);
    List<PutOutcome> outcomes = bench.put(put("v"));
    assertAsked(asked(C), asked(D, B));
    assertThat(texts(bench.takes(D))).containsExactly("v");

    stored(outcomes);
    assertThat(bench.owedHere()).isEmpty();
    assertThat(bench.counts.of(Event.STAND_IN_ASKED)).isEqualTo(1);
    bench.takes(C);
  }

  /** §4.6: hinted replicas are kept apart, so that they can be found and handed over. */
  @Test
  void whoIsAskedToStandInKeepsAHintOnItsDiskBeforeItAnswers() {
    bench = new ShardBench(B, C, D, A);
    bench.engine.hold();
    var replies = bench.receive(new ReplicaPut(1, ShardBench.KEY, 5, NEW, List.of(C), 0, 1_000));
    bench.engine.answer(0, Fault.NONE);
    assertThat(replies).isEmpty();
    assertThat(bench.owedHere()).isEmpty();
    bench.engine.release();

    assertThat(replies).hasSize(1);
    assertThat(bench.engine.hint(AT).isEmpty()).isFalse();
    assertThat(bench.owedHere()).containsExactly(C);
    assertThat(bench.counts.of(Event.HINT_KEPT)).isEqualTo(1);
  }

  /** §4.6: with W of 1 a write is refused only if nobody at all can take it. */
  @Test
  void whenAllOwnersAreGoneThoseWhoStandInCoordinateAndKeepIt() {
    bench = new ShardBench(B, C, D, A, E);
    List.of(B, C, D).forEach(bench::reset);
    List<PutOutcome> outcomes = bench.put(put("v"));
    assertThat(bench.asked(ForwardedPut.class)).isEmpty();
    assertAsked(asked(E, C, D));
    bench.takes(E);

    stored(outcomes);
    assertThat(bench.owedHere()).containsExactly(B);
    assertThat(bench.counts.of(Event.STAND_IN_COORDINATED)).isEqualTo(1);
  }

  @Test
  void aloneWithWOfOneAMemberStillTakesTheWriteForAllItsOwners() {
    bench = new ShardBench(B, C, D, A);
    List.of(B, C, D).forEach(bench::reset);
    stored(bench.put(with(put("v"), w(1))));

    assertThat(bench.owedHere()).containsExactly(B, C, D);
    assertThat(bench.counts.of(Event.OWES_SEVERAL)).isEqualTo(1);
  }

  @Test
  void whereNobodyElseIsLeftTheCoordinatorKeepsTheHintItself() {
    bench = new ShardBench(A, B, C);
    bench.reset(B);
    List<PutOutcome> outcomes = bench.put(put("v"));
    assertAsked(asked(C));
    bench.takes(C);

    stored(outcomes);
    assertThat(bench.owedHere()).containsExactly(B);
  }

  /** An acknowledged write reaches all its owners though nobody reads it. */
  @Test
  void anOwnerThatFailsAfterTheAnswerIsOwedTheWriteToo() {
    bench = new ShardBench(A, B, C);
    List<PutOutcome> outcomes = bench.put(put("v"));
    bench.takes(B);
    stored(outcomes);
    bench.reset(C);

    assertThat(bench.owedHere()).containsExactly(C);
    assertThat(bench.counts.of(Event.HINT_KEPT_HERE)).isEqualTo(1);
  }

  @Test
  void anOwnerThatIsSilentUntilTheDeadlineIsOwedTheWriteToo() {
    bench = new ShardBench(A, B, C);
    bench.put(put("v"));
    bench.takes(B);
    bench.time.pass(5_000);

    assertThat(bench.owedHere()).containsExactly(C);
  }

  @Test
  void anOwnerThatIsMerelyOverloadedIsSpared() {
    List<PutOutcome> outcomes = bench.put(put("v"));
    bench.refuses(C, Refusal.OVERLOADED);
    assertAsked(asked(B));
    bench.takes(B);

    stored(outcomes);
    assertThat(bench.owedHere()).isEmpty();
  }

  @Test
  void whoOwesSeveralCountsOnceTowardW() {
    List.of(B, C).forEach(bench::reset);
    List<PutOutcome> outcomes = bench.put(with(put("v"), w(3)));
    assertAsked(asked(D, B), asked(E, C));
    bench.takes(D);
    bench.reset(E);
    assertThat(bench.owedHere()).as("nobody else is left").containsExactly(C);

    assertThat(failure(outcomes)).isEqualTo(new Failure.Unavailable(3, 2, true));
  }

  @Test
  void tooFewMembersForWAreRefusedWithoutEffectHoweverManySlotsTheyCouldFill() {
    List.of(B, C, D).forEach(bench::reset);
    List<PutOutcome> outcomes = bench.put(with(put("v"), w(3)));
    List.of(B, C, D).forEach(bench::reset);
    bench.coordinates(E, Writes.failed(new Failure.Unavailable(3, 2, false)));

    assertThat(failure(outcomes)).isEqualTo(new Failure.Unavailable(3, 2, false));
    assertThat(bench.engine.writes()).isZero();
  }

  @Test
  void aStandInThatFailsIsReplacedByTheNext() {
    bench.reset(B);
    bench.put(put("v"));
    bench.reset(D);
    assertAsked(asked(C), asked(E, B));
    bench.takes(E);
    bench.takes(C);

    assertThat(bench.owedHere()).isEmpty();
  }

  @Test
  void aStandInThatKeepsAsManyHintsAsItMayIsReplacedByTheNextAndAtLastByTheCoordinator() {
    bench.reset(B);
    bench.put(put("v"));
    bench.refuses(D, Refusal.HINTS_FULL);
    assertAsked(asked(C), asked(E, B));
    bench.refuses(E, Refusal.HINTS_FULL);

    assertThat(bench.owedHere()).containsExactly(B);
    bench.takes(C);
  }

  /** An owner that is slow and not down: others begin to keep the write for it. */
  @Test
  void aSlowOwnerIsStoodInForAfterTheHedgeDelayAndNoSooner() {
    List<PutOutcome> outcomes = bench.put(put("v"));
    bench.time.pass(HEDGE_MILLIS - 1);
    assertAsked(asked(B), asked(C));
    bench.time.pass(1);
    assertAsked(asked(B), asked(C), asked(D, B), asked(E, C));
    bench.takes(D);

    stored(outcomes);
    assertThat(bench.counts.of(Event.SLOW_OWNER_HEDGED)).isEqualTo(2);
    assertThat(bench.counts.of(Event.HEDGE_WON)).isEqualTo(1);
    bench.takes(B);
    bench.takes(C);
    bench.takes(E);
    assertThat(bench.owedHere()).isEmpty();
  }

  @Test
  void aWriteThatHasItsAnswerIsHedgedNoMore() {
    bench.put(put("v"));
    bench.takes(B);
    bench.time.pass(HEDGE_MILLIS);

    assertAsked(asked(C));
    bench.takes(C);
  }

  @Test
  void anOwnerAndWhoStoodInForItFillOneSlotOfW() {
    List<PutOutcome> outcomes = bench.put(with(put("v"), w(3)));
    bench.time.pass(HEDGE_MILLIS);
    bench.takes(B);
    bench.takes(D);
    assertThat(outcomes).isEmpty();
    bench.takes(E);

    stored(outcomes);
    bench.takes(C);
  }

  @Test
  void withoutASloppyQuorumOnlyPrimariesAreAskedAndDialled() {
    List.of(B, C).forEach(bench::reset);
    List<PutOutcome> outcomes = bench.put(with(put("v"), strict(Options.DEFAULT)));
    assertThat(bench.wire.dialled()).containsExactly(B, C);
    List.of(B, C).forEach(bench::reset);

    assertThat(failure(outcomes)).isEqualTo(new Failure.Unavailable(2, 1, false));
    assertThat(bench.wire.everSent()).isEmpty();
  }

  @Test
  void withoutASloppyQuorumNobodyIsHedged() {
    bench.put(with(put("v"), strict(Options.DEFAULT)));
    bench.time.pass(HEDGE_MILLIS * 2);

    assertAsked(asked(B), asked(C));
    bench.takes(B);
    bench.takes(C);
  }

  @Test
  void withoutASloppyQuorumNobodyButAnOwnerCoordinates() {
    bench = new ShardBench(B, C, D, A, E);
    List.of(B, C, D).forEach(bench::reset);
    List<PutOutcome> outcomes = bench.put(with(put("v"), strict(Options.DEFAULT)));
    List.of(B, C, D).forEach(bench::reset);

    assertThat(failure(outcomes)).isEqualTo(new Failure.Unavailable(2, 0, false));
    assertThat(bench.receive(new ForwardedPut(1, with(put("v"), strict(w(1))), true, 0, 1_000)))
        .containsExactly(new Message.Refused(1, Refusal.NOT_OWNER));
  }

  @Test
  void primariesAskedForByPwAreNotReplaced() {
    bench.reset(B);
    List<PutOutcome> outcomes = bench.put(with(put("v"), pw(2)));
    bench.takes(D);
    assertThat(outcomes).isEmpty();
    bench.takes(C);
    stored(outcomes);

    bench.reset(C);
    outcomes = bench.put(with(put("v"), pw(2)));
    List.of(B, C).forEach(bench::reset);
    bench.coordinates(D, Writes.failed(new Failure.Unavailable(2, 1, false, true)));
    bench.coordinates(E, Writes.failed(new Failure.Unavailable(2, 1, false, true)));
    assertThat(failure(outcomes)).isEqualTo(new Failure.Unavailable(2, 1, false, true));
  }

  @Test
  void aCoordinatorThatReachesTooFewOwnersForPwSaysThatItIsTheOwnersThatAreWanting() {
    List.of(B, C).forEach(bench::reset);
    List<Message.Reply> replies =
        bench.receive(new ForwardedPut(1, with(put("v"), pw(2)), false, 0, 1_000));
    List.of(B, C).forEach(bench::reset);

    var tooFew = new Failure.Unavailable(2, 1, false, true);
    assertThat(replies).containsExactly(new Message.ForwardedOutcome(1, Writes.failed(tooFew)));
  }

  @Test
  void asManyDistinctNodesAreAwaitedAsAreAskedFor() {
    List<PutOutcome> outcomes = bench.put(with(put("v"), nodes(3)));
    bench.takes(B);
    assertThat(outcomes).isEmpty();
    bench.takes(C);

    stored(outcomes);
  }

  /** §4.6: all reads are of the first N healthy members, too. */
  @Test
  void aReadAsksTheFirstNHealthyMembersAndMergesWhatStandInsHold() {
    bench.stored(OLD);
    bench.reset(B);
    List<GetOutcome> outcomes = bench.get(Reads.all(3));
    assertThat(bench.asked(ReplicaGet.class)).containsExactly(C, D);
    bench.holds(C, OLD);
    bench.holdsRecovering(D, NEW);

    assertThat(Reads.state(outcomes)).isEqualTo(NEW);
    assertThat(bench.counts.of(Event.STAND_IN_READ)).isEqualTo(1);
    bench.wire.underWay().forEach(bench.wire::take);
  }

  @Test
  void whoIsAskedInAnotherPlaceIsToldSo() {
    bench.reset(B);
    bench.get(Reads.all(2));

    assertThat(bench.wire.take(D, ReplicaGet.class).standIn()).isTrue();
    assertThat(bench.wire.take(C, ReplicaGet.class).standIn()).isFalse();
  }

  @Test
  void aStandInThatHoldsNothingSaysNothingAsLongAsAnOwnerMayAnswer() {
    bench.stored(OLD);
    bench.reset(B);
    List<GetOutcome> outcomes = bench.get(Reads.all(2));
    bench.holdsRecovering(D, NOTHING);
    assertThat(outcomes).isEmpty();
    bench.holds(C, NEW);

    assertThat(Reads.state(outcomes)).isEqualTo(NEW);
    bench.wire.underWay().forEach(bench.wire::take);
  }

  @Test
  void aStandInThatHoldsNothingCountsWhenNobodyBetterIsLeft() {
    bench.stored(OLD);
    bench.reset(B);
    List<GetOutcome> outcomes = bench.get(Reads.all(2));
    bench.holdsRecovering(D, NOTHING);
    bench.reset(C);
    while (outcomes.isEmpty()) {
      bench.time.pass(10);
    }

    assertThat(Reads.state(outcomes)).isEqualTo(OLD);
  }

  @Test
  void aStandInIsNotRepaired() {
    bench.stored(NEW);
    bench.reset(B);
    bench.get(Reads.all(2));
    bench.holdsRecovering(D, NOTHING);
    bench.holds(C, NEW);

    assertThat(bench.asked(ReplicaPut.class)).isEmpty();
  }

  @Test
  void byPrimariesAloneAReadAsksNobodyElse() {
    List.of(B, C).forEach(bench::reset);
    List<GetOutcome> outcomes = bench.get(Reads.strict(Reads.all(2)));
    List.of(B, C).forEach(bench::reset);

    assertThat(Reads.failure(outcomes)).isEqualTo(new Failure.Unavailable(2, 1, false));
    assertThat(bench.wire.everSent()).allMatch(sent -> List.of(B, C).contains(sent.to()));
  }
}
