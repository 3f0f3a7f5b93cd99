package io.cartwheel.core.replica;

import static io.cartwheel.core.replica.ReplicaBench.AT;
import static io.cartwheel.core.replica.ReplicaBench.ELSEWHERE;
import static org.assertj.core.api.Assertions.assertThat;

import io.cartwheel.core.bucket.BucketType;
import io.cartwheel.core.fixture.ScriptedEngine.Fault;
import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.item.MalformedException;
import io.cartwheel.core.port.Observer.Event;
import io.cartwheel.core.ring.MemberId;
import io.cartwheel.core.version.Dot;
import io.cartwheel.core.version.VersionSet;
import io.cartwheel.core.version.VersionVector;
import io.cartwheel.core.version.Versions;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a replica keeps for others (Dynamo §4.6), and when it stops. */
class ReplicaHintsTest {
  private static final MemberId B = new MemberId(2);
  private static final MemberId C = new MemberId(3);
  private static final VersionSet STATE =
      Versions.alone(Versions.dot(9, 9), Versions.value("theirs"));
  private static final VersionSet MORE = Versions.alone(Versions.dot(8, 8), Versions.value("more"));

  private final ReplicaBench bench = new ReplicaBench();

  private Hint hint() {
    try {
      return Hint.decode(bench.engine.hint(AT));
    } catch (MalformedException e) {
      throw new AssertionError(e);
    }
  }

  private List<MemberId> owed() {
    return bench.stored(AT).owed();
  }

  @Test
  void theRecordAndItsHintSayTheSameAndAreWrittenAtOnce() {
    bench.keep(AT, STATE, B);

    assertThat(bench.engine.writes()).isEqualTo(1);
    assertThat(bench.stored(AT).state()).isEqualTo(STATE);
    assertThat(owed()).containsExactly(B);
    assertThat(hint())
        .isEqualTo(new Hint(bench.time.wallMillis(), bench.engine.record(AT).length(), List.of(B)));
    assertThat(bench.hints().owners()).containsExactly(B);
  }

  @Test
  void aWriteThatIsCoordinatedInAnothersPlaceIsOwedToIt() {
    VersionSet state = bench.putFor("v", VersionVector.EMPTY, B);

    assertThat(bench.stored(AT).state()).isEqualTo(state);
    assertThat(owed()).containsExactly(B);
    assertThat(bench.stored(AT).epoch()).isPresent();
  }

  /** Whoever retries may miss other owners than who tried: the simulator's seed 355. */
  @Test
  void anAttemptThatFindsItsTwinIsOwedToItsOwnMissingOwnersToo() {
    var content = Versions.value("v").withRequestId(Bytes.utf8("the same request"));
    for (MemberId owner : List.of(B, C)) {
      var write =
          new LocalWrite(
              content, VersionVector.EMPTY, BucketType.byDefault(), List.of(owner), Long.MAX_VALUE);
      ReplicaBench.answers(done -> bench.replica().coordinate(AT, write, done));
    }

    assertThat(bench.stored(AT).state().siblings()).hasSize(1);
    assertThat(owed()).containsExactly(B, C);
  }

  @Test
  void debtsOfOneKeyAreJoined() {
    bench.keep(AT, STATE, B);
    bench.time.pass(1_000);
    bench.keep(AT, MORE, C);

    assertThat(bench.stored(AT).state()).isEqualTo(STATE.merge(MORE));
    assertThat(owed()).containsExactly(B, C);
    assertThat(hint().owed()).containsExactly(B, C);
    assertThat(hint().sinceMillis()).isEqualTo(bench.time.wallMillis() - 1_000);
    assertThat(bench.counts.of(Event.HINT_KEPT)).isEqualTo(1);
    assertThat(bench.counts.of(Event.OWES_SEVERAL)).isEqualTo(1);
  }

  @Test
  void theSameAgainWritesNothing() {
    bench.keep(AT, STATE, B);
    bench.keep(AT, STATE, B);

    assertThat(bench.engine.writes()).isEqualTo(1);
  }

  @Test
  void aWriteOfAKeyThatIsOwedKeepsTheDebt() {
    bench.keep(AT, STATE, B);
    bench.merge(MORE);
    bench.put("mine", VersionVector.EMPTY);

    assertThat(owed()).containsExactly(B);
    assertThat(hint().bytes()).isEqualTo(bench.engine.record(AT).length());
    assertThat(bench.hints().bytes()).isEqualTo(hint().bytes());
  }

  /** §4.6: once the transfer has succeeded, the stand-in may delete the object. */
  @Test
  void aRecordThatNobodyIsOwedAnyMoreGoesFromWhoeverIsNoOwner() {
    bench.keep(AT, STATE, B);
    bench.settle(AT, B, STATE, false);

    assertThat(bench.engine.has(AT)).isFalse();
    assertThat(bench.engine.hint(AT).isEmpty()).isTrue();
    assertThat(bench.hints().isEmpty()).isTrue();
  }

  @Test
  void anOwnerKeepsItsRecordAndItsEpoch() {
    bench.putFor("v", VersionVector.EMPTY, B);
    StoredRecord before = bench.stored(AT);
    bench.settle(AT, B, before.state(), true);

    assertThat(bench.stored(AT))
        .isEqualTo(new StoredRecord(before.state(), before.epoch(), 0, List.of()));
    assertThat(bench.engine.hint(AT).isEmpty()).isTrue();
  }

  @Test
  void whileOthersAreOwedTheRecordStays() {
    bench.keep(AT, STATE, B, C);
    bench.settle(AT, B, STATE, false);

    assertThat(owed()).containsExactly(C);
    assertThat(hint().owed()).containsExactly(C);
    assertThat(bench.hints().owners()).containsExactly(C);
  }

  /** The owner has what it was sent; what came since, it is owed. */
  @Test
  void aKeyThatChangedWhileItWasHandedOverIsStillOwed() {
    bench.keep(AT, STATE, B);
    bench.merge(MORE);
    bench.settle(AT, B, STATE, false);

    assertThat(owed()).containsExactly(B);
    assertThat(bench.stored(AT).state()).isEqualTo(STATE.merge(MORE));
    assertThat(bench.hints().owners()).containsExactly(B);
  }

  @Test
  void strikingOffWhomNothingIsOwedChangesNothing() {
    bench.keep(AT, STATE, B);
    bench.settle(AT, C, STATE, false);

    assertThat(owed()).containsExactly(B);
  }

  @Test
  void aDiskThatFailsLeavesTheDebtAsItWas() {
    bench.keep(AT, STATE, B);
    bench.engine.hold();
    var settling = ReplicaBench.answers(done -> bench.replica().settle(AT, B, STATE, false, done));
    bench.engine.answer(0, Fault.NONE);
    bench.engine.answer(0, Fault.WITHOUT_EFFECT);
    bench.engine.release();

    assertThat(settling).containsExactly(new ReplicaOutcome.StorageFailed());
    assertThat(bench.hints().owners()).containsExactly(B);
    assertThat(owed()).containsExactly(B);
  }

  private void keepOnAFailingDisk(VersionSet state, MemberId owner, Fault write, Fault look) {
    bench.engine.hold();
    ReplicaBench.answers(done ->
        bench
            .replica()
            .merge(AT, new Incoming(state, List.of(owner), 0, ReplicaBench.NEVER), done));
    bench.engine.answer(0, Fault.NONE);
    bench.engine.answer(0, write);
    bench.engine.answer(0, look);
    bench.engine.release();
  }

  /** Otherwise nobody would find it before the next start: the simulator's seed 190. */
  @Test
  void whatAFailedWriteLeftOnTheDiskIsOwed() {
    keepOnAFailingDisk(STATE, B, Fault.AFTER_EFFECT, Fault.NONE);

    assertThat(owed()).containsExactly(B);
    assertThat(bench.hints().owners()).containsExactly(B);
    assertThat(bench.hints().bytes()).isEqualTo(hint().bytes());
  }

  @Test
  void whatAFailedWriteDidNotLeaveOnTheDiskIsNot() {
    keepOnAFailingDisk(STATE, B, Fault.WITHOUT_EFFECT, Fault.NONE);
    assertThat(bench.hints().isEmpty()).isTrue();
    bench.keep(AT, STATE, B);
    keepOnAFailingDisk(MORE, C, Fault.WITHOUT_EFFECT, Fault.NONE);

    assertThat(bench.hints().owners()).containsExactly(B);
  }

  @Test
  void whatAFailedWriteMayHaveLeftIsOwedUntilADeliveryHasLooked() {
    keepOnAFailingDisk(STATE, B, Fault.WITHOUT_EFFECT, Fault.WITHOUT_EFFECT);
    assertThat(bench.hints().owners()).containsExactly(B);
    bench.settle(AT, B, VersionSet.EMPTY, false);

    assertThat(bench.hints().isEmpty()).isTrue();
    assertThat(bench.counts.of(Event.HINT_DELIVERED)).isZero();
  }

  @Test
  void pastTheQuotaNothingIsTakenAndNothingIsDropped() {
    bench.keep(AT, STATE, B);
    int length = bench.engine.record(AT).length();
    bench.settle(AT, B, STATE, false);
    bench.quota(length);
    bench.keep(AT, STATE, B);
    int writes = bench.engine.writes();

    assertThat(bench.keep(ELSEWHERE, STATE, B)).isEqualTo(new ReplicaOutcome.HintsFull());
    assertThat(bench.engine.writes()).isEqualTo(writes);
    assertThat(bench.counts.of(Event.HINT_REFUSED)).isEqualTo(1);
    assertThat(bench.keep(AT, MORE, C)).as("kept already").isInstanceOf(ReplicaOutcome.Held.class);
    assertThat(owed()).containsExactly(B, C);
  }

  /** Between the start and the ledger's being read a full quota must not stop an owner. */
  @Test
  void aKeyThatIsOwedTakesWritesThoughTheLedgerDoesNotKnowOfItYet() {
    bench.keep(AT, STATE, B);
    bench.quota(1);

    assertThat(bench.keep(AT, MORE)).isInstanceOf(ReplicaOutcome.Held.class);
    assertThat(owed()).containsExactly(B);
    assertThat(bench.hints().owners()).containsExactly(B);
  }

  @Test
  void aRefusedHintMintsADotThatNobodyEverSees() {
    bench.quota(1);
    var write =
        new LocalWrite(
            Versions.value("v"),
            VersionVector.EMPTY,
            BucketType.byDefault(),
            List.of(B),
            ReplicaBench.NEVER);
    assertThat(ReplicaBench.answers(done -> bench.replica().coordinate(AT, write, done)))
        .containsExactly(new ReplicaOutcome.HintsFull());
    assertThat(bench.engine.has(AT)).isFalse();

    Dot next = bench.put("w", VersionVector.EMPTY).siblings().getFirst().dot();
    assertThat(next.counter()).as("its epoch claims nothing older").isEqualTo(next.epoch().first());
  }
}
