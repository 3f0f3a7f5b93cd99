package io.cartwheel.core.replica;

import static io.cartwheel.core.replica.ReplicaBench.AT;
import static io.cartwheel.core.replica.ReplicaBench.NEVER;
import static io.cartwheel.core.replica.ReplicaBench.answers;
import static io.cartwheel.core.version.Versions.alone;
import static io.cartwheel.core.version.Versions.dot;
import static io.cartwheel.core.version.Versions.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cartwheel.core.bucket.BucketType;
import io.cartwheel.core.bucket.BucketType.Limits;
import io.cartwheel.core.fixture.ScriptedEngine.Fault;
import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.port.Observer.Event;
import io.cartwheel.core.version.ConflictPolicy;
import io.cartwheel.core.version.Content;
import io.cartwheel.core.version.Sibling;
import io.cartwheel.core.version.VersionSet;
import io.cartwheel.core.version.VersionVector;
import io.cartwheel.core.version.Versions;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplicaWriteTest {
  private static final VersionVector BLIND = VersionVector.EMPTY;

  private final ReplicaBench bench = new ReplicaBench();

  private void limits(Limits limits, ConflictPolicy policy) {
    BucketType usual = BucketType.byDefault();
    bench.type(
        new BucketType(usual.name(), usual.n(), usual.quorums(), policy, usual.fanout(), limits));
  }

  @Test
  void aWriteSupersedesWhatItSawAndNoMore() {
    VersionSet first = bench.put("first", BLIND);
    bench.put("second", BLIND);

    VersionSet after = bench.put("third", first.clock());

    assertThat(after.siblings())
        .extracting(live -> live.content().value().toUtf8())
        .containsExactlyInAnyOrder("second", "third");
    assertThat(bench.read().state()).isEqualTo(after);
  }

  @Test
  void aWriteIsAnsweredOnlyOnceTheEngineHoldsIt() {
    bench.engine.hold();
    var answers = bench.writing(AT, value("v"), BLIND);
    bench.engine.answer(0, Fault.NONE);
    assertThat(answers).isEmpty();

    bench.engine.answer(0, Fault.NONE);
    assertThat(answers).hasSize(1);
  }

  @Test
  void writesOfOneKeyStartEachFromWhatTheOneBeforeLeft() {
    bench.engine.hold();
    var first = bench.writing(AT, value("first"), BLIND);
    var second = bench.writing(AT, value("second"), BLIND);
    var merge =
        answers(done ->
            bench.replica().merge(AT, new Incoming(theirs("third"), List.of(), 0, NEVER), done));
    assertThat(bench.engine.callsHeld()).isEqualTo(1);
    bench.engine.release();

    assertThat(ReplicaBench.state(first.getFirst()).siblings()).hasSize(1);
    assertThat(ReplicaBench.state(second.getFirst()).siblings()).hasSize(2);
    assertThat(ReplicaBench.state(merge.getFirst()).siblings()).hasSize(3);
    assertThat(bench.replica().keysBusy()).isZero();
  }

  @Test
  void mergingWhatIsThereWritesNothing() {
    VersionSet state = bench.put("mine", BLIND);
    VersionSet both = bench.merge(theirs("theirs"));
    int writes = bench.engine.writes();

    assertThat(bench.merge(both)).isEqualTo(both);
    assertThat(bench.merge(state)).isEqualTo(both);
    assertThat(bench.merge(VersionSet.EMPTY)).isEqualTo(both);
    assertThat(bench.engine.writes()).isEqualTo(writes);
  }

  @Test
  void anExpiredWriteIsDroppedUnreadAndMintsNoDot() {
    long now = bench.time.nanos();
    var expired =
        answers(
            done -> bench.replica().coordinate(AT, bench.write(value("late"), BLIND, now), done));

    assertThat(expired).containsExactly(new ReplicaOutcome.Expired());
    assertThat(bench.engine.reads()).isZero();
    assertThat(bench.put("in time", BLIND).siblings().getFirst().dot().counter()).isEqualTo(1);
    assertThat(bench.counts.of(Event.EXPIRED_DROPPED)).isEqualTo(1);
  }

  @Test
  void aWriteThatExpiresWhileItWaitsForItsTurnIsDropped() {
    bench.engine.hold();
    bench.writing(AT, value("slow"), BLIND);
    long soon = bench.time.nanos() + 1_000_000;
    var late =
        answers(
            done -> bench.replica().coordinate(AT, bench.write(value("late"), BLIND, soon), done));
    var merge =
        answers(done ->
            bench.replica().merge(AT, new Incoming(theirs("late"), List.of(), 0, soon), done));
    bench.time.pass(1);
    bench.engine.release();

    assertThat(late).containsExactly(new ReplicaOutcome.Expired());
    assertThat(merge).containsExactly(new ReplicaOutcome.Expired());
    assertThat(bench.read().state().siblings()).hasSize(1);
  }

  @Test
  void aRetryOfALiveWriteMintsNoDotAndWritesNothing() {
    VersionSet first = bench.put(AT, value("v", 0, "request"), BLIND);
    int writes = bench.engine.writes();
    bench.time.pass(50);

    VersionSet again = bench.put(AT, value("v", 0, "request"), BLIND);

    assertThat(again).isEqualTo(first);
    assertThat(bench.engine.writes()).isEqualTo(writes);
    assertThat(bench.counts.of(Event.RETRY_RECOGNISED)).isEqualTo(1);
    assertThat(bench.put("next", first.clock()).clock().entries().getFirst().counter())
        .isEqualTo(2);
  }

  @Test
  void aRetryIsRecognisedByTheTwinThatCameFromAnotherCoordinator() {
    VersionSet theirs = alone(dot(9, 9), value("v", 7, "request"));
    bench.merge(theirs);

    assertThat(bench.put(AT, value("v", 0, "request"), BLIND)).isEqualTo(theirs);
  }

  /** Whoever saw a version and writes it again under its id means to write it again. */
  @Test
  void aVersionThatTheWriterWasShownIsNoEarlierAttempt() {
    VersionSet first = bench.put(AT, value("v", 0, "request"), BLIND);
    VersionSet again = bench.put(AT, value("v", 0, "request"), first.clock());

    assertThat(bench.counts.of(Event.RETRY_RECOGNISED)).isZero();
    assertThat(again.siblings()).hasSize(1);
    assertThat(first.clock().covers(again.siblings().getFirst().dot())).isFalse();
  }

  @Test
  void aCallerThatThrowsDoesNotBlockItsKey() {
    assertThatThrownBy(() ->
            bench
                .replica()
                .merge(
                    AT,
                    new Incoming(theirs("v"), List.of(), 0, NEVER),
                    _ -> {
                      throw new IllegalStateException("the caller's bug");
                    }))
        .hasMessage("the caller's bug");

    assertThat(bench.replica().keysBusy()).isZero();
    assertThat(bench.put("next", BLIND).siblings()).hasSize(2);
  }

  @Test
  void anotherValueUnderAUsedRequestIdIsAnotherWrite() {
    bench.put(AT, value("v", 0, "request"), BLIND);

    assertThat(bench.put(AT, value("w", 0, "request"), BLIND).siblings()).hasSize(2);
  }

  @Test
  void aCoordinatedWriteCollapsesTheTwinsThatItMeets() {
    bench.merge(alone(dot(8, 1), value("v", 1, "request")));
    bench.merge(alone(dot(9, 1), value("v", 2, "request")));
    assertThat(bench.read().state().siblings()).hasSize(2);

    assertThat(bench.put("other", BLIND).siblings()).hasSize(2);
  }

  @Test
  void mergesNeverCollapseTwins() {
    VersionSet twins =
        alone(dot(8, 1), value("v", 1, "request"))
            .merge(alone(dot(9, 1), value("v", 2, "request")));

    assertThat(bench.merge(twins).siblings()).hasSize(2);
  }

  @Test
  void aWriteCarriesTheCoordinatorsTime() {
    bench.time.setWall(12_345);

    assertThat(
            bench
                .put(AT, value("v", 99, ""), BLIND)
                .siblings()
                .getFirst()
                .content()
                .writtenMillis())
        .isEqualTo(12_345);
  }

  @Test
  void tooManySiblingsRefuseOnlyAWriteThatCoversNone() {
    limits(new Limits(1 << 20, 3, 1 << 20), ConflictPolicy.SIBLINGS);
    VersionSet first = bench.put("1", BLIND);
    bench.put("2", BLIND);
    bench.put("3", BLIND);
    int writes = bench.engine.writes();

    assertThat(bench.outcome(value("4"), BLIND)).isEqualTo(new ReplicaOutcome.SiblingsFull(3, 3));
    assertThat(bench.engine.writes()).isEqualTo(writes);
    assertThat(bench.counts.of(Event.SIBLINGS_REFUSED)).isEqualTo(1);
    assertThat(bench.put("4", first.clock()).siblings()).hasSize(3);
    assertThat(bench.merge(theirs("5")).siblings()).hasSize(4);
    assertThat(bench.put("6", bench.read().state().clock()).siblings()).hasSize(1);
  }

  @Test
  void tooLargeASetRefusesOnlyAWriteThatCoversNone() {
    limits(new Limits(1 << 20, 100, 10), ConflictPolicy.SIBLINGS);
    VersionSet first = bench.put("a value beyond ten bytes stands alone", BLIND);

    assertThat(bench.outcome(value("x"), BLIND)).isEqualTo(new ReplicaOutcome.SiblingsFull(1, 37));
    assertThat(bench.put("another large one, with a context", first.clock()).siblings()).hasSize(1);
    assertThat(bench.merge(theirs("merges are never refused")).siblings()).hasSize(2);
  }

  @Test
  void aSetMayFillItsLimitExactly() {
    limits(new Limits(1 << 20, 100, 10), ConflictPolicy.SIBLINGS);
    bench.put("12345", BLIND);

    assertThat(bench.put("12345", BLIND).siblings()).hasSize(2);
    assertThat(bench.outcome(value("6"), BLIND)).isEqualTo(new ReplicaOutcome.SiblingsFull(2, 10));
  }

  @Test
  void aRefusedWriteMintsNoDot() {
    limits(new Limits(1 << 20, 1, 1 << 20), ConflictPolicy.SIBLINGS);
    VersionSet first = bench.put("1", BLIND);
    bench.outcome(value("2"), BLIND);

    Sibling next = bench.put("2", first.clock()).siblings().getFirst();
    assertThat(next.dot().counter()).isEqualTo(first.siblings().getFirst().dot().counter() + 1);
  }

  @Test
  void whereTheLastWriteWinsNoNumberOfSiblingsRefuses() {
    limits(new Limits(1 << 20, 1, 1), ConflictPolicy.LAST_WRITE_WINS);
    bench.put("1", BLIND);

    assertThat(bench.put("2", BLIND).siblings()).hasSize(1);
  }

  @Test
  void aBlindWriteWinsOverAllItsCoordinatorKnowsEvenIfItsClockIsBehind() {
    limits(Limits.DEFAULT, ConflictPolicy.LAST_WRITE_WINS);
    long ahead = bench.time.wallMillis() + 3_600_000;
    bench.merge(alone(dot(9, 9), value("from a fast clock", ahead, "")));

    VersionSet after = bench.put("new", BLIND);

    assertThat(after.siblings()).hasSize(1);
    assertThat(after.siblings().getFirst().content().value().toUtf8()).isEqualTo("new");
    assertThat(after.siblings().getFirst().content().writtenMillis()).isEqualTo(ahead + 1);
  }

  @Test
  void aTombstoneWinsAsALateValueDoes() {
    limits(Limits.DEFAULT, ConflictPolicy.LAST_WRITE_WINS);
    long ahead = bench.time.wallMillis() + 3_600_000;
    bench.merge(alone(dot(9, 9), value("from a fast clock", ahead, "")));

    VersionSet after = bench.put(AT, Content.tombstone(0, Bytes.EMPTY), BLIND);

    assertThat(after.values()).isEmpty();
    assertThat(after.siblings().getFirst().content().writtenMillis()).isEqualTo(ahead + 1);
  }

  @Test
  void aClockThatIsAheadIsTakenAsItIs() {
    limits(Limits.DEFAULT, ConflictPolicy.LAST_WRITE_WINS);
    bench.merge(alone(dot(9, 9), value("old", 5, "")));

    assertThat(bench.put("new", BLIND).siblings().getFirst().content().writtenMillis())
        .isEqualTo(bench.time.wallMillis());
  }

  @Test
  void aCopiedDiskIsCountedAndBothItsValuesStay() {
    bench.merge(alone(dot(9, 9), value("one")));

    assertThat(bench.merge(alone(dot(9, 9), value("two"))).siblings()).hasSize(2);
    assertThat(bench.counts.of(Event.DOT_SHARED)).isEqualTo(1);
    bench.merge(alone(dot(9, 9), value("two")));
    assertThat(bench.counts.of(Event.DOT_SHARED)).isEqualTo(1);
  }

  @Test
  void aLineThatIsFullRefusesAtOnceAndDoesNothing() {
    bench.engine.hold();
    for (int i = 0; i <= KeyQueue.MAX_WAITING; i++) {
      bench.replica().merge(AT, new Incoming(theirs("v"), List.of(), 0, NEVER), _ -> {});
    }

    assertThat(bench.writing(AT, value("one too many"), BLIND))
        .containsExactly(new ReplicaOutcome.Overloaded());
    assertThat(bench.counts.of(Event.OVERLOADED)).isEqualTo(1);
    bench.engine.release();
    assertThat(bench.read().state().siblings()).hasSize(1);
  }

  private static VersionSet theirs(String text) {
    return Versions.alone(dot(9, 9), value(text));
  }
}
