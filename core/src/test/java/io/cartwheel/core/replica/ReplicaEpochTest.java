package io.cartwheel.core.replica;

import static io.cartwheel.core.replica.ReplicaBench.AT;
import static io.cartwheel.core.replica.ReplicaBench.ELSEWHERE;
import static org.assertj.core.api.Assertions.assertThat;

import io.cartwheel.core.fixture.ScriptedEngine.Fault;
import io.cartwheel.core.port.Observer.Event;
import io.cartwheel.core.port.StorageEngine.Address;
import io.cartwheel.core.version.Dot;
import io.cartwheel.core.version.Epoch;
import io.cartwheel.core.version.VersionSet;
import io.cartwheel.core.version.VersionVector;
import io.cartwheel.core.version.Versions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An actor is an epoch, not a node: when epochs go on, and when they must end. */
class ReplicaEpochTest {
  private static final VersionVector BLIND = VersionVector.EMPTY;

  private final ReplicaBench bench = new ReplicaBench();

  private Dot write(Address address) {
    VersionSet before = bench.read(address).state();
    VersionSet after = bench.put(address, Versions.value("v"), BLIND);
    return after.clock().entries().stream()
        .filter(dot -> !before.clock().covers(dot))
        .findFirst()
        .orElseThrow();
  }

  private Epoch epochOfWrite() {
    return write(AT).epoch();
  }

  @Test
  void aKeysFirstWriteOpensAnEpochThatLaterWritesContinue() {
    Dot first = write(AT);
    Dot second = write(AT);

    assertThat(first.counter()).isEqualTo(first.epoch().first());
    assertThat(second.epoch()).isEqualTo(first.epoch());
    assertThat(second.counter()).isGreaterThan(first.counter());
    assertThat(bench.counts.of(Event.EPOCH_OPENED)).isEqualTo(1);
  }

  @Test
  void eachKeyHasEpochsOfItsOwn() {
    Dot here = write(AT);
    Dot there = write(ELSEWHERE);

    assertThat(there.epoch()).isNotEqualTo(here.epoch());
    assertThat(there.epoch().start()).isEqualTo(here.epoch().start());
    assertThat(there.counter()).isNotEqualTo(here.counter());
  }

  @Test
  void aMergeFromElsewhereDoesNotEndTheEpoch() {
    Epoch before = epochOfWrite();
    bench.merge(Versions.alone(Versions.dot(9, 9), Versions.value("theirs")));

    assertThat(epochOfWrite()).isEqualTo(before);
  }

  @Test
  void aMergeFromElsewhereOpensNone() {
    bench.merge(Versions.alone(Versions.dot(9, 9), Versions.value("theirs")));

    assertThat(bench.stored(AT).epoch()).isEmpty();
  }

  @Test
  void aRestartEndsTheEpochEvenIfTheDiskIsWhole() {
    Epoch before = epochOfWrite();
    bench.restart();

    assertThat(epochOfWrite()).isNotEqualTo(before);
    assertThat(bench.stored(AT).state().siblings()).hasSize(2);
  }

  @Test
  void anEpochThatBeganAfterARestartIsContinued() {
    epochOfWrite();
    bench.restart();
    Epoch after = epochOfWrite();

    assertThat(epochOfWrite()).isEqualTo(after);
  }

  @ParameterizedTest
  @EnumSource(names = {"WITHOUT_EFFECT", "AFTER_EFFECT"})
  void aFailedWriteEndsTheEpochsOfAllKeysBecauseNobodyKnowsWhatTheDiskHolds(Fault fault) {
    Epoch here = epochOfWrite();
    Epoch there = write(ELSEWHERE).epoch();

    failWriteOf(fault);

    assertThat(epochOfWrite().start()).isNotEqualTo(here.start());
    assertThat(write(ELSEWHERE).epoch().start()).isNotEqualTo(there.start());
  }

  private void failWriteOf(Fault fault) {
    bench.engine.hold();
    var failing = bench.writing(AT, Versions.value("lost?"), BLIND);
    bench.engine.answer(0, Fault.NONE);
    bench.engine.answer(0, fault);
    bench.engine.release();
    assertThat(failing).containsExactly(new ReplicaOutcome.StorageFailed());
  }

  @Test
  void aFailedMergeEndsTheEpochToo() {
    Epoch before = epochOfWrite();
    bench.engine.hold();
    bench
        .replica()
        .merge(
            AT,
            new Incoming(
                Versions.alone(Versions.dot(9, 9), Versions.value("theirs")),
                List.of(),
                0,
                ReplicaBench.NEVER),
            _ -> {});
    bench.engine.answer(0, Fault.NONE);
    bench.engine.answer(0, Fault.WITHOUT_EFFECT);
    bench.engine.release();

    assertThat(epochOfWrite().start()).isNotEqualTo(before.start());
  }

  @Test
  void aFailedReadEndsNone() {
    Epoch before = epochOfWrite();
    bench.engine.failNext(Fault.WITHOUT_EFFECT);
    assertThat(bench.outcome(Versions.value("v"), BLIND))
        .isInstanceOf(ReplicaOutcome.StorageFailed.class);

    assertThat(epochOfWrite()).isEqualTo(before);
  }

  @Test
  void aRecordThatWasSetAsideTookItsEpochAlong() {
    Epoch before = epochOfWrite();
    bench.engine.damage(AT, 20);

    assertThat(epochOfWrite()).isNotEqualTo(before);
  }

  @Test
  void aRecordThatVanishedTookItsEpochAlong() {
    Epoch before = epochOfWrite();
    bench.engine.lose(AT);

    Epoch after = epochOfWrite();
    assertThat(after.start()).isEqualTo(before.start());
    assertThat(after.first()).isGreaterThan(before.first());
  }

  @Test
  void aDotIsNeverUsedAgainAfterAFailedWriteThatLeftItsRecord() {
    Dot first = write(AT);
    bench.engine.hold();
    bench.writing(AT, Versions.value("maybe"), BLIND);
    bench.engine.answer(0, Fault.NONE);
    bench.engine.answer(0, Fault.AFTER_EFFECT);
    bench.engine.release();
    VersionSet left = bench.stored(AT).state();
    Dot after = write(AT);

    assertThat(left.siblings()).hasSize(2);
    assertThat(left.clock().covers(after)).isFalse();
    assertThat(after).isNotEqualTo(first);
    assertThat(bench.stored(AT).state().siblings()).hasSize(3);
  }
}
