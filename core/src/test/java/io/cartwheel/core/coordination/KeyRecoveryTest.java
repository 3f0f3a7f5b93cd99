package io.cartwheel.core.coordination;

import static io.cartwheel.core.coordination.Reads.NEW;
import static io.cartwheel.core.coordination.Reads.NOTHING;
import static io.cartwheel.core.coordination.Reads.OLD;
import static io.cartwheel.core.coordination.Reads.OTHER;
import static io.cartwheel.core.fixture.ShardBench.A;
import static io.cartwheel.core.fixture.ShardBench.AT;
import static io.cartwheel.core.fixture.ShardBench.B;
import static io.cartwheel.core.fixture.ShardBench.C;
import static io.cartwheel.core.fixture.ShardBench.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import io.cartwheel.core.fixture.ScriptedEngine.Fault;
import io.cartwheel.core.fixture.ShardBench;
import io.cartwheel.core.message.Message;
import io.cartwheel.core.message.Message.Detail;
import io.cartwheel.core.message.Message.Refusal;
import io.cartwheel.core.message.Message.ReplicaGet;
import io.cartwheel.core.port.Observer.Event;
import io.cartwheel.core.version.VersionSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A key whose record was damaged is refilled from all its other primaries, and from no fewer. */
class KeyRecoveryTest {
  private final ShardBench bench = new ShardBench(A, B, C);

  @BeforeEach
  void loseTheRecord() {
    bench.stored(OLD);
    bench.engine.damage(AT, 9);
  }

  @AfterEach
  void nothingIsLeft() {
    bench.assertNothingLeft();
  }

  /** What a peer hears that asks for the key: this is how the loss shows. */
  private Message.ReplicaState askedByPeer() {
    return (Message.ReplicaState)
        bench.receive(new ReplicaGet(1, KEY, 5, Detail.FULL, false, 1_000)).getFirst();
  }

  private void assertAsked(int times) {
    assertThat(bench.asked(ReplicaGet.class)).hasSize(2 * times).contains(B, C);
    assertThat(bench.wire.underWay())
        .allMatch(sent -> ((ReplicaGet) sent.request()).detail() == Detail.FULL);
  }

  @Test
  void aLossThatAReadShowsIsMadeGoodOnceAllOthersHaveAnswered() {
    assertThat(askedByPeer()).isEqualTo(new Message.ReplicaState(1, NOTHING, true, 0));
    assertAsked(1);
    bench.holds(B, NEW);
    assertThat(askedByPeer().recovering()).isTrue();
    bench.holds(C, OTHER);

    assertThat(askedByPeer()).isEqualTo(new Message.ReplicaState(1, NEW.merge(OTHER), false, 0));
    assertThat(bench.counts.of(Event.KEY_RECOVERED)).isEqualTo(1);
    assertThat(bench.counts.of(Event.RECORD_QUARANTINED)).isEqualTo(1);
  }

  @Test
  void aLossThatAMergeShowsIsMadeGoodToo() {
    bench.stored(OTHER);
    assertAsked(1);
    bench.holds(B, NEW);
    bench.holds(C, NEW);

    assertThat(askedByPeer()).isEqualTo(new Message.ReplicaState(1, NEW.merge(OTHER), false, 0));
  }

  @Test
  void aLossThatAReadOfOnesOwnShowsIsMadeGoodToo() {
    var outcomes = bench.get(Reads.r(2));
    assertThat(outcomes).isEmpty();
    assertThat(bench.asked(ReplicaGet.class)).containsExactlyInAnyOrder(B, C, B, C);
  }

  @Test
  void oneRefillOfAKeyIsUnderWayAtATime() {
    askedByPeer();
    askedByPeer();
    bench.stored(OTHER);

    assertAsked(1);
  }

  @Test
  void aPeerThatIsRecoveringItselfMakesNothingGood() {
    askedByPeer();
    bench.holds(B, NEW);
    bench.holdsRecovering(C, OTHER);

    assertThat(bench.shard.questionsOpen()).isZero();
    assertThat(bench.counts.of(Event.KEY_RECOVERED)).isZero();
    assertThat(bench.stored()).isEqualTo(VersionSet.EMPTY);
  }

  /** Otherwise they would wait for each other for ever. */
  @Test
  void ownersThatAllLostSomethingAreWholeOnceTheyHoldTheSame() {
    askedByPeer();
    bench.holdsRecovering(B, NEW);
    bench.holdsRecovering(C, NEW);

    assertThat(bench.counts.of(Event.KEY_RECOVERED)).isEqualTo(1);
    assertThat(askedByPeer()).isEqualTo(new Message.ReplicaState(1, NEW, false, 0));
  }

  @Test
  void aRefillThatFailedIsTriedAgainByTheNextRead() {
    askedByPeer();
    bench.reset(C);
    assertThat(bench.shard.questionsOpen()).isZero();
    bench.connects(C);
    bench.wire.underWay().forEach(bench.wire::take);

    assertThat(askedByPeer().recovering()).isTrue();
    assertAsked(1);
    bench.holds(B, OLD);
    bench.holds(C, OLD);
    assertThat(askedByPeer()).isEqualTo(new Message.ReplicaState(1, OLD, false, 0));
  }

  @Test
  void aPeerThatRefusesMakesNothingGood() {
    askedByPeer();
    bench.refuses(B, Refusal.NOT_OWNER);
    bench.wire.underWay().forEach(bench.wire::take);

    assertThat(askedByPeer().recovering()).isTrue();
    assertAsked(1);
  }

  @Test
  void aPeerThatIsSilentEndsTheRefillAfterItsPatience() {
    askedByPeer();
    bench.holds(B, NEW);
    bench.time.pass(5_000);

    assertThat(bench.shard.questionsOpen()).isZero();
    assertThat(bench.counts.of(Event.KEY_RECOVERED)).isZero();
  }

  @Test
  void aRecordDamagedAgainDuringTheRefillIsRefilledAgain() {
    askedByPeer();
    bench.engine.damage(AT, 9);
    bench.holds(B, NEW);
    bench.holds(C, NEW);

    assertThat(askedByPeer()).isEqualTo(new Message.ReplicaState(1, NEW, true, 0));
    assertThat(bench.counts.of(Event.KEY_RECOVERED)).isZero();
    assertAsked(1);
    bench.holds(B, NEW);
    bench.holds(C, NEW);
    assertThat(askedByPeer().recovering()).isFalse();
  }

  @Test
  void aRefillThatTheDiskRefusesIsTriedAgain() {
    askedByPeer();
    bench.holds(B, NEW);
    bench.engine.failNext(Fault.WITHOUT_EFFECT);
    bench.holds(C, NEW);

    assertThat(askedByPeer().recovering()).isTrue();
    assertAsked(1);
  }

  @Test
  void whatIsWrittenDuringTheRefillStays() {
    askedByPeer();
    bench.holds(B, OLD);
    bench.stored(OTHER);
    bench.holds(C, OLD);

    assertThat(askedByPeer()).isEqualTo(new Message.ReplicaState(1, OLD.merge(OTHER), false, 0));
  }
}
