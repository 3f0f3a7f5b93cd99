package io.cartwheel.core.replica;

import static io.cartwheel.core.replica.ReplicaBench.AT;
import static io.cartwheel.core.replica.ReplicaBench.NEVER;
import static io.cartwheel.core.replica.ReplicaBench.answers;
import static io.cartwheel.core.replica.ReplicaBench.held;
import static org.assertj.core.api.Assertions.assertThat;

import io.cartwheel.core.fixture.ScriptedEngine.Fault;
import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.port.Observer.Event;
import io.cartwheel.core.version.Sibling;
import io.cartwheel.core.version.VersionSet;
import io.cartwheel.core.version.VersionVector;
import io.cartwheel.core.version.Versions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Bit rot is noticed, set aside, remembered until it is made good, and never spread. */
class ReplicaDamageTest {
  private static final VersionVector BLIND = VersionVector.EMPTY;
  private static final VersionSet THEIRS =
      Versions.alone(Versions.dot(9, 9), Versions.value("theirs"));

  private final ReplicaBench bench = new ReplicaBench();
  private Bytes sound = Bytes.EMPTY;

  @BeforeEach
  void writeOnce() {
    bench.put("mine", BLIND);
    sound = bench.engine.record(AT);
  }

  /** The mark that a read of the damaged record finds. */
  private long lose() {
    bench.engine.damage(AT, 7);
    return bench.read().lossMark();
  }

  @Test
  void everyByteOfARecordFlippedOnceIsNoticedByAReadAndSetAside() {
    for (int at = 0; at < sound.length(); at++) {
      bench.engine.plant(AT, sound);
      bench.engine.damage(AT, at);
      Bytes damaged = bench.engine.record(AT);

      ReplicaOutcome.Held read = bench.read();

      assertThat(read.state()).isEqualTo(VersionSet.EMPTY);
      assertThat(read.lossMark()).isNotZero();
      assertThat(bench.engine.setAside()).hasSize(at + 1).last().isEqualTo(damaged);
    }
    assertThat(bench.counts.of(Event.RECORD_QUARANTINED)).isEqualTo(sound.length());
  }

  @Test
  void aRecordCutShortIsSetAside() {
    for (int length = 0; length < sound.length(); length++) {
      bench.engine.plant(AT, sound.slice(0, length).compact());
      assertThat(bench.read().lossMark()).isNotZero();
    }
  }

  @Test
  void aLossIsRememberedByReadsMergesWritesAndRestarts() {
    long mark = lose();

    bench.merge(THEIRS);
    assertThat(bench.read().lossMark()).isEqualTo(mark);
    bench.put("new", BLIND);
    assertThat(bench.read().lossMark()).isEqualTo(mark);
    bench.restart();
    assertThat(bench.read().lossMark()).isEqualTo(mark);
    assertThat(bench.read().state().siblings()).hasSize(2);
  }

  @Test
  void aDamagedRecordIsSetAsideOnceThoughManyRead() {
    bench.engine.damage(AT, 7);
    bench.engine.hold();
    var first = answers(done -> bench.replica().read(AT, done));
    var second = answers(done -> bench.replica().read(AT, done));
    bench.engine.release();

    assertThat(first).isEqualTo(second).hasSize(1);
    assertThat(bench.engine.setAside()).hasSize(1);
  }

  @Test
  void aMergeIntoADamagedRecordKeepsWhatCameAndTheMark() {
    bench.engine.damage(AT, 7);

    assertThat(bench.merge(THEIRS)).isEqualTo(THEIRS);
    assertThat(bench.read().lossMark()).isNotZero();
    assertThat(bench.engine.setAside()).hasSize(1);
  }

  @Test
  void aRecoveryMakesTheKeyWhole() {
    long mark = lose();

    var recovered = held(recover(THEIRS, mark));

    assertThat(recovered).isEqualTo(new ReplicaOutcome.Held(THEIRS, 0));
    assertThat(bench.read()).isEqualTo(recovered);
    assertThat(bench.counts.of(Event.KEY_RECOVERED)).isEqualTo(1);
  }

  @Test
  void aRecoveryKeepsWhatWasWrittenSinceTheLoss() {
    long mark = lose();
    VersionSet since = bench.put("since", BLIND);

    recover(THEIRS, mark);

    assertThat(bench.read().state()).isEqualTo(since.merge(THEIRS));
  }

  @Test
  void aRecoveryMakesGoodOnlyTheLossThatItNames() {
    long first = lose();
    long second = lose();
    assertThat(second).isNotEqualTo(first);

    var joined = held(recover(THEIRS, first));

    assertThat(joined).isEqualTo(new ReplicaOutcome.Held(THEIRS, second));
    assertThat(bench.counts.of(Event.KEY_RECOVERED)).isZero();
    assertThat(held(recover(THEIRS, second)).lossMark()).isZero();
  }

  @Test
  void aRecoveryThatFindsTheRecordDamagedAgainLeavesTheNewMark() {
    long mark = lose();
    bench.engine.damage(AT, 7);

    assertThat(held(recover(THEIRS, mark)).lossMark()).isNotZero().isNotEqualTo(mark);
  }

  @Test
  void aSettingAsideThatFailsIsAFailureAndLeavesTheRecordForTheNextTry() {
    bench.engine.damage(AT, 7);
    bench.engine.hold();
    var reading = answers(done -> bench.replica().read(AT, done));
    bench.engine.answer(0, Fault.NONE);
    bench.engine.answer(0, Fault.NONE);
    bench.engine.answer(0, Fault.WITHOUT_EFFECT);
    bench.engine.release();

    assertThat(reading).containsExactly(new ReplicaOutcome.StorageFailed());
    assertThat(bench.engine.setAside()).isEmpty();
    assertThat(bench.read().lossMark()).isNotZero();
    assertThat(bench.replica().keysBusy()).isZero();
  }

  @Test
  void theStateSentElsewhereCarriesNeitherMarkNorEpoch() {
    lose();
    bench.put("new", BLIND);
    StoredRecord stored = bench.stored(AT);

    assertThat(stored.isRecovering()).isTrue();
    assertThat(stored.epoch()).isPresent();
    assertThat(stored.state().encoded())
        .isEqualTo(VersionSet.EMPTY.update(BLIND, only(stored.state().siblings())).encoded());
  }

  private static Sibling only(List<Sibling> siblings) {
    assertThat(siblings).hasSize(1);
    return siblings.getFirst();
  }

  private ReplicaOutcome recover(VersionSet everything, long mark) {
    var incoming = new Incoming(everything, List.of(), 0, Incoming.NEVER);
    return answers(done -> bench.replica().recover(AT, incoming, mark, done)).getFirst();
  }

  @Test
  void aFailedReadIsNoDamage() {
    bench.engine.failNext(Fault.WITHOUT_EFFECT);

    assertThat(answers(done -> bench.replica().read(AT, done)))
        .containsExactly(new ReplicaOutcome.StorageFailed());
    assertThat(bench.engine.setAside()).isEmpty();
    bench.engine.failNext(Fault.WITHOUT_EFFECT);
    assertThat(
            answers(
                done -> bench.replica().merge(AT, new Incoming(THEIRS, List.of(), 0, NEVER), done)))
        .containsExactly(new ReplicaOutcome.StorageFailed());
    assertThat(bench.engine.record(AT)).isEqualTo(sound);
  }
}
