package io.cartwheel.core.coordination;

import static io.cartwheel.core.coordination.Writes.failure;
import static io.cartwheel.core.coordination.Writes.put;
import static io.cartwheel.core.coordination.Writes.pw;
import static io.cartwheel.core.coordination.Writes.stored;
import static io.cartwheel.core.coordination.Writes.texts;
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
import io.cartwheel.core.message.Message.ReplicaPut;
import io.cartwheel.core.message.PutOutcome;
import io.cartwheel.core.version.VersionSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Writes whose replicas, disk or connections fail or are slow. */
class PutFaultsTest {
  private ShardBench bench = new ShardBench(A, B, C);

  @AfterEach
  void nothingIsLeft() {
    bench.assertNothingLeft();
  }

  @Test
  void tooFewReachablePrimariesRefuseWithoutEffect() {
    bench.reset(B);
    bench.reset(C);
    List<PutOutcome> outcomes = bench.put(put("v"));
    assertThat(bench.wire.dialled()).containsExactly(B, C);
    bench.reset(B);
    assertThat(outcomes).isEmpty();
    bench.reset(C);

    assertThat(failure(outcomes)).isEqualTo(new Failure.Unavailable(2, 1, false));
    assertThat(bench.engine.reads() + bench.engine.writes()).isZero();
    assertThat(bench.wire.everSent()).isEmpty();
    assertThat(bench.stored()).isEqualTo(VersionSet.EMPTY);
  }

  @Test
  void oneDialThatSucceedsIsEnough() {
    bench.reset(B);
    bench.reset(C);
    List<PutOutcome> outcomes = bench.put(put("v"));
    bench.reset(B);
    bench.connects(C);
    bench.takes(C);

    stored(outcomes);
    bench.reset(B);
    assertThat(outcomes).hasSize(1);
  }

  @Test
  void nobodyIsDialledFirstWhereEnoughAreConnected() {
    bench.reset(C);
    List<PutOutcome> outcomes = bench.put(put("v"));

    assertThat(bench.wire.dialled()).isEmpty();
    assertThat(bench.asked(ReplicaPut.class)).containsExactly(B);
    bench.takes(B);
    stored(outcomes);
  }

  @Test
  void aDialWithoutAnEndIsATimeoutWithoutEffect() {
    bench.reset(B);
    bench.reset(C);
    List<PutOutcome> outcomes = bench.put(put("v"));
    bench.time.pass(5_000);

    assertThat(failure(outcomes)).isEqualTo(new Failure.Timeout(2, 0, 0, false));
    bench.connects(B);
    bench.connects(C);
    assertThat(outcomes).hasSize(1);
    assertThat(bench.engine.writes()).isZero();
  }

  @Test
  void aDialThatFailsWhileTheDiskWritesIsNoFailureOfTheWrite() {
    bench.reset(B);
    bench.reset(C);
    bench.engine.hold();
    List<PutOutcome> outcomes = bench.put(put("v"));
    bench.connects(B);
    bench.reset(C);
    bench.engine.release();
    assertThat(outcomes).isEmpty();
    bench.takes(B);

    stored(outcomes);
  }

  @Test
  void replicasThatFailAfterTheLocalWriteLeaveAnUnknownOutcome() {
    List<PutOutcome> outcomes = bench.put(put("v"));
    bench.refuses(B, Message.Refusal.STORAGE_FAILED);
    assertThat(outcomes).isEmpty();
    bench.reset(C);

    assertThat(failure(outcomes)).isEqualTo(new Failure.Unavailable(2, 1, true));
    assertThat(bench.shard.questionsOpen()).isZero();
    assertThat(texts(bench.stored())).containsExactly("v");
  }

  @Test
  void anAnswerOfTheWrongKindIsNoAck() {
    List<PutOutcome> outcomes = bench.put(put("v"));
    var toB = bench.wire.take(B, ReplicaPut.class);
    bench.shard.replied(B, new Message.ReplicaState(toB.id(), toB.state(), false, 0));
    assertThat(outcomes).isEmpty();
    bench.takes(C);

    stored(outcomes);
  }

  @Test
  void anAckRepeatedCountsOnce() {
    List<PutOutcome> outcomes = bench.put(with(put("v"), w(3)));
    var toB = bench.wire.take(B, ReplicaPut.class);
    bench.shard.replied(B, new Message.ReplicaStored(toB.id(), true));
    bench.shard.replied(B, new Message.ReplicaStored(toB.id(), true));
    bench.shard.replied(C, new Message.ReplicaStored(toB.id(), true));
    assertThat(outcomes).isEmpty();
    bench.takes(C);

    stored(outcomes);
  }

  @Test
  void silenceUntilTheDeadlineIsATimeoutThatSaysHowManyHoldIt() {
    List<PutOutcome> outcomes = bench.put(with(put("v"), w(3)));
    bench.takes(B, false);
    bench.time.pass(5_000);

    assertThat(failure(outcomes)).isEqualTo(new Failure.Timeout(3, 2, 1, true));
    bench.takes(C);
    assertThat(outcomes).hasSize(1);
  }

  @Test
  void aDiskThatIsTooSlowIsATimeoutAndTheWriteGoesOnToTheOthersOnceItIsHeld() {
    bench.engine.hold();
    List<PutOutcome> outcomes = bench.put(put("v"));
    bench.engine.answer(0, Fault.NONE);
    bench.time.pass(5_000);
    assertThat(failure(outcomes)).isEqualTo(new Failure.Timeout(2, 0, 0, true));
    bench.engine.release();

    assertThat(bench.wire.underWay())
        .allMatch(sent -> ((ReplicaPut) sent.request()).timeoutMillis() > 1_000);
    assertThat(texts(bench.takes(B))).containsExactly("v");
    bench.takes(C);
    assertThat(outcomes).hasSize(1);
    assertThat(bench.shard.questionsOpen()).isZero();
  }

  @Test
  void aWriteThatExpiredInTheLineOfItsKeyMintsNoDot() {
    bench.engine.hold();
    bench.put(put("slow"));
    List<PutOutcome> outcomes = bench.put(with(put("late"), w(1).withTimeout(10)));
    bench.time.pass(10);
    assertThat(failure(outcomes)).isInstanceOf(Failure.Timeout.class);
    bench.engine.release();

    assertThat(outcomes).hasSize(1);
    assertThat(texts(bench.stored())).containsExactly("slow");
  }

  @Test
  void ownersThatFallAwayWhileTheyAreAskedForPwAreTheOnesThatAreWanting() {
    bench = new ShardBench(A, B, C, D, E);
    List<PutOutcome> outcomes = bench.put(with(put("v"), pw(3)));
    bench.takes(B);
    bench.reset(C);
    bench.takes(D);

    assertThat(failure(outcomes)).isEqualTo(new Failure.Unavailable(3, 2, true, true));
  }
}
