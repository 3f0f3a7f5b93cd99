package io.cartwheel.core.coordination;

import static io.cartwheel.core.coordination.Writes.dw;
import static io.cartwheel.core.coordination.Writes.failure;
import static io.cartwheel.core.coordination.Writes.having;
import static io.cartwheel.core.coordination.Writes.put;
import static io.cartwheel.core.coordination.Writes.pw;
import static io.cartwheel.core.coordination.Writes.returningBody;
import static io.cartwheel.core.coordination.Writes.stored;
import static io.cartwheel.core.coordination.Writes.texts;
import static io.cartwheel.core.coordination.Writes.w;
import static io.cartwheel.core.coordination.Writes.with;
import static io.cartwheel.core.fixture.ShardBench.A;
import static io.cartwheel.core.fixture.ShardBench.AT;
import static io.cartwheel.core.fixture.ShardBench.B;
import static io.cartwheel.core.fixture.ShardBench.C;
import static io.cartwheel.core.fixture.ShardBench.D;
import static org.assertj.core.api.Assertions.assertThat;

import io.cartwheel.core.bucket.BucketType;
import io.cartwheel.core.bucket.BucketType.Limits;
import io.cartwheel.core.fixture.ScriptedEngine.Fault;
import io.cartwheel.core.fixture.ShardBench;
import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.message.Failure;
import io.cartwheel.core.message.Message.ReplicaPut;
import io.cartwheel.core.message.PutOutcome;
import io.cartwheel.core.version.ConflictPolicy;
import io.cartwheel.core.version.VersionSet;
import io.cartwheel.core.version.VersionVector;
import io.cartwheel.core.version.Versions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A write at a primary: what it needs, whom it tells, and when it is done. */
class PutCoordinationTest {
  private ShardBench bench = new ShardBench(A, B, C);

  @AfterEach
  void nothingIsLeft() {
    bench.assertNothingLeft();
  }

  @Test
  void aWriteIsHeldHereBeforeAnybodyElseHearsOfIt() {
    bench.engine.hold();
    List<PutOutcome> outcomes = bench.put(put("v"));
    bench.engine.answer(0, Fault.NONE);
    assertThat(bench.wire.everSent()).isEmpty();
    bench.engine.answer(0, Fault.NONE);

    assertThat(bench.asked(ReplicaPut.class)).containsExactly(B, C);
    assertThat(outcomes).isEmpty();
    bench.takes(B);
    bench.takes(C);
  }

  @Test
  void aWriteIsAnsweredAtTheWthReplicaAndGoesOnToTheRest() {
    List<PutOutcome> outcomes = bench.put(put("v"));
    assertThat(outcomes).isEmpty();
    VersionSet sent = bench.takes(B);

    PutOutcome.Stored stored = stored(outcomes);
    assertThat(stored.coordinator()).isEqualTo(A.value());
    assertThat(stored.clock()).isEqualTo(sent.clock());
    assertThat(bench.stored()).isEqualTo(sent);
    assertThat(texts(sent)).containsExactly("v");
    assertThat(bench.shard.questionsOpen()).isEqualTo(1);
    assertThat(bench.takes(C)).isEqualTo(sent);
    assertThat(bench.shard.questionsOpen()).isZero();
  }

  @Test
  void aWriteOfOneIsAnsweredHereAndStillSentToAll() {
    List<PutOutcome> outcomes = bench.put(with(put("v"), w(1)));

    stored(outcomes);
    assertThat(bench.asked(ReplicaPut.class)).containsExactly(B, C);
  }

  @Test
  void aWriteOfAllWaitsForEveryPrimary() {
    List<PutOutcome> outcomes = bench.put(with(put("v"), w(3)));
    bench.takes(C);
    assertThat(outcomes).isEmpty();
    bench.takes(B);

    stored(outcomes);
  }

  @Test
  void primariesAskedForByPwAreWaitedFor() {
    List<PutOutcome> outcomes = bench.put(with(put("v"), pw(2)));
    assertThat(outcomes).isEmpty();
    bench.takes(B);

    stored(outcomes);
  }

  @Test
  void theWholeStateIsSentNeverTheValueAlone() {
    VersionSet before = Versions.alone(Versions.dot(9, 4), Versions.value("other"));
    bench.stored(before);
    bench.put(put("v"));

    assertThat(texts(bench.takes(B))).containsExactlyInAnyOrder("other", "v");
    var toC = bench.wire.take(C, ReplicaPut.class);
    assertThat(toC.state().clock().covers(before.clock())).isTrue();
    assertThat(toC.listVersion()).isEqualTo(5);
    assertThat(toC.timeoutMillis()).isEqualTo(5_000);
  }

  @Test
  void aReplicaThatIsNotDurableCountsTowardWOnly() {
    List<PutOutcome> outcomes = bench.put(with(put("v"), dw(2)));
    bench.takes(B, false);
    assertThat(outcomes).isEmpty();
    bench.takes(C);

    stored(outcomes);
  }

  @Test
  void tooFewDurableReplicasIsAnUnknownOutcome() {
    List<PutOutcome> outcomes = bench.put(with(put("v"), dw(3)));
    bench.takes(B, false);

    assertThat(failure(outcomes)).isEqualTo(new Failure.Unavailable(3, 1, true));
  }

  @Test
  void aWriteThatIsTheOnlyVersionLeftMayServeAsAContext() {
    VersionSet before = Versions.alone(Versions.dot(9, 4), Versions.value("old"));
    bench.stored(before);
    List<PutOutcome> outcomes = bench.put(having(put("v"), before.clock()));
    bench.takes(B);

    assertThat(stored(outcomes).alone()).isTrue();
    assertThat(stored(outcomes).clock().covers(before.clock())).isTrue();
    assertThat(stored(outcomes).state()).isEqualTo(VersionSet.EMPTY);
  }

  @Test
  void aWriteBesideVersionsTheClientDidNotSeeGivesAFloorOnly() {
    bench.stored(Versions.alone(Versions.dot(9, 4), Versions.value("unseen")));
    List<PutOutcome> outcomes = bench.put(put("v"));
    bench.takes(B);

    assertThat(stored(outcomes).alone()).isFalse();
  }

  @Test
  void theStateComesBackIfItIsAskedFor() {
    bench.stored(Versions.alone(Versions.dot(9, 4), Versions.value("other")));
    List<PutOutcome> outcomes = bench.put(with(put("v"), returningBody()));
    VersionSet sent = bench.takes(B);

    assertThat(stored(outcomes).state()).isEqualTo(sent);
    assertThat(stored(outcomes).clock()).isEqualTo(sent.clock());
  }

  @Test
  void everyWriteHasARequestIdThoughItsClientGaveNone() {
    bench.put(put("v"));
    bench.put(put("v"));
    VersionSet state = bench.stored();

    assertThat(state.siblings()).hasSize(2);
    assertThat(state.siblings())
        .extracting(live -> live.content().requestId())
        .doesNotHaveDuplicates()
        .allMatch(id -> id.length() == 16);
  }

  @Test
  void aRetryThatMeetsItsTwinHereIsSentOnWithoutANewDot() {
    bench.put(put(Versions.value("v", 0, "request")));
    VersionSet first = bench.takes(B);
    List<PutOutcome> again = bench.put(put(Versions.value("v", 0, "request")));

    assertThat(bench.takes(B)).isEqualTo(first);
    assertThat(stored(again).alone()).isTrue();
  }

  @Test
  void tooManySiblingsAreRefusedWithoutEffectAndWithoutTryingElsewhere() {
    BucketType usual = BucketType.byDefault();
    bench =
        new ShardBench(
            new BucketType(
                usual.name(),
                3,
                usual.quorums(),
                ConflictPolicy.SIBLINGS,
                usual.fanout(),
                new Limits(10, 1, 1_000)),
            A,
            B,
            C);
    bench.stored(Versions.alone(Versions.dot(9, 4), Versions.value("other")));

    assertThat(failure(bench.put(put("v")))).isEqualTo(new Failure.TooManySiblings(1, 5));
    assertThat(failure(bench.put(put("eleven byte")))).isEqualTo(new Failure.TooLarge(11, 10));
    assertThat(bench.wire.everSent()).isEmpty();
  }

  @Test
  void aQuorumThatCannotBeMetIsRefusedAtOnce() {
    assertThat(failure(bench.put(with(put("v"), w(4))))).isInstanceOf(Failure.Invalid.class);
    bench = new ShardBench(A, B);
    assertThat(failure(bench.put(with(put("v"), w(3)))))
        .isEqualTo(new Failure.Unavailable(3, 2, false));
    assertThat(bench.engine.writes()).isZero();
  }

  @Test
  void aNodeAloneTakesADefaultWrite() {
    bench = new ShardBench(A);

    assertThat(stored(bench.put(put("v"))).alone()).isTrue();
    assertThat(bench.engine.has(AT)).isTrue();
  }

  @Test
  void onlyPrimariesAreSentAWrite() {
    bench = new ShardBench(A, B, C, D);

    bench.put(put("v"));

    assertThat(bench.asked(ReplicaPut.class)).containsExactly(B, C);
  }

  @Test
  void aContextFromElsewhereIsCoveredFromNowOn() {
    VersionVector seen = Versions.covering(Versions.dot(9, 4));
    List<PutOutcome> outcomes = bench.put(having(put("v"), seen));
    VersionSet sent = bench.takes(B);

    assertThat(stored(outcomes).clock().covers(seen)).isTrue();
    assertThat(sent.merge(Versions.alone(Versions.dot(9, 4), Versions.value("seen"))))
        .isEqualTo(sent);
  }

  @Test
  void anEmptyValueIsWrittenLikeAnyOther() {
    List<PutOutcome> outcomes = bench.put(put(Versions.value("")));
    bench.takes(B);

    stored(outcomes);
    assertThat(bench.stored().values()).hasSize(1);
    assertThat(bench.stored().values().getFirst().content().value()).isEqualTo(Bytes.EMPTY);
  }
}
