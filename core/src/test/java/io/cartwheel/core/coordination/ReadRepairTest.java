package io.cartwheel.core.coordination;

import static io.cartwheel.core.coordination.Reads.DEFAULT;
import static io.cartwheel.core.coordination.Reads.DELETED;
import static io.cartwheel.core.coordination.Reads.NEW;
import static io.cartwheel.core.coordination.Reads.NOTHING;
import static io.cartwheel.core.coordination.Reads.OLD;
import static io.cartwheel.core.coordination.Reads.OTHER;
import static io.cartwheel.core.coordination.Reads.all;
import static io.cartwheel.core.coordination.Reads.failure;
import static io.cartwheel.core.coordination.Reads.r;
import static io.cartwheel.core.coordination.Reads.state;
import static io.cartwheel.core.fixture.ShardBench.A;
import static io.cartwheel.core.fixture.ShardBench.B;
import static io.cartwheel.core.fixture.ShardBench.C;
import static org.assertj.core.api.Assertions.assertThat;

import io.cartwheel.core.fixture.ShardBench;
import io.cartwheel.core.message.GetOutcome;
import io.cartwheel.core.message.Message.Refusal;
import io.cartwheel.core.message.Message.ReplicaPut;
import io.cartwheel.core.port.Observer.Event;
import io.cartwheel.core.ring.MemberId;
import io.cartwheel.core.version.VersionSet;
import io.cartwheel.core.version.Versions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Dynamo §5: after the answer, a read waits for stragglers and updates those that are stale. */
class ReadRepairTest {
  private final ShardBench bench = new ShardBench(A, B, C);

  @AfterEach
  void nothingIsLeft() {
    bench.assertNothingLeft();
  }

  private void assertRepaired(VersionSet whole, MemberId... members) {
    assertThat(bench.asked(ReplicaPut.class)).containsExactly(members);
    for (MemberId member : members) {
      assertThat(bench.takes(member)).isEqualTo(whole);
    }
  }

  @Test
  void replicasThatAgreeAreLeftAlone() {
    bench.stored(OLD);
    bench.get(all(3));
    bench.holds(B, OLD);
    bench.holds(C, OLD);

    assertRepaired(OLD);
    assertThat(bench.counts.of(Event.READ_REPAIR)).isZero();
  }

  @Test
  void aStaleReplicaIsSentTheNewerState() {
    bench.stored(NEW);
    bench.get(DEFAULT);
    bench.holds(B, OLD);
    bench.holds(B, OLD);

    assertRepaired(NEW, B);
    assertThat(bench.counts.of(Event.READ_REPAIR)).isEqualTo(1);
  }

  @Test
  void aReplicaThatHasNothingIsSentTheState() {
    bench.stored(OLD);
    bench.get(all(3));
    bench.holds(B, OLD);
    bench.holds(C, NOTHING);

    assertRepaired(OLD, C);
  }

  @Test
  void aReplicaThatLacksATombstoneIsSentIt() {
    bench.stored(DELETED);
    List<GetOutcome> outcomes = bench.get(all(3));
    bench.holds(B, OLD);
    bench.holds(C, NOTHING);

    assertThat(state(outcomes).values()).isEmpty();
    assertRepaired(DELETED, B, C);
  }

  @Test
  void thisReplicaIsRepairedToo() {
    bench.stored(OLD);
    bench.get(DEFAULT);
    bench.holds(B, NEW);
    bench.holds(B, NEW);

    assertThat(bench.stored()).isEqualTo(NEW);
    assertRepaired(NEW);
  }

  @Test
  void replicasThatEachLackSomethingAllGetTheWhole() {
    bench.stored(OLD);
    bench.get(all(3));
    bench.holds(B, OTHER);
    bench.holds(C, NEW);
    VersionSet whole = NEW.merge(OTHER);

    assertThat(bench.stored()).isEqualTo(whole);
    assertRepaired(whole, B, C);
  }

  @Test
  void nobodyIsRepairedBeforeTheLastReply() {
    bench.stored(NEW);
    List<GetOutcome> outcomes = bench.get(all(2));
    bench.holds(B, OLD);
    assertThat(outcomes).hasSize(1);
    assertRepaired(NEW);

    bench.holds(C, OLD);
    assertRepaired(NEW, B, C);
  }

  @Test
  void aStragglerWithNewsReachesTheOthersThoughTheClientIsGone() {
    bench.stored(OLD);
    List<GetOutcome> outcomes = bench.get(all(2));
    bench.holds(B, OLD);
    bench.holds(C, NEW);

    assertThat(state(outcomes)).isEqualTo(OLD);
    assertThat(bench.stored()).isEqualTo(NEW);
    assertRepaired(NEW, B);
  }

  @Test
  void aStragglersDigestThatDiffersIsReadBeforeAnyoneIsRepaired() {
    bench.stored(OLD);
    List<GetOutcome> outcomes = bench.get(r(2));
    bench.time.pass(50);
    bench.holds(C, OLD);
    assertThat(state(outcomes)).isEqualTo(OLD);
    bench.holds(B, NEW);
    assertRepaired(NEW);
    bench.holds(B, NEW);

    assertRepaired(NEW, C);
    assertThat(bench.stored()).isEqualTo(NEW);
  }

  @Test
  void atTheDeadlineThoseThatAnsweredAreRepairedAndTheSilentAreNot() {
    bench.stored(NEW);
    List<GetOutcome> outcomes = bench.get(all(2));
    bench.holds(B, OLD);
    bench.time.pass(5_000);

    assertThat(outcomes).hasSize(1);
    assertRepaired(NEW, B);
  }

  @Test
  void aReadThatFailedRepairsWhatItSaw() {
    bench.stored(NEW);
    List<GetOutcome> outcomes = bench.get(all(3));
    bench.holds(B, OLD);
    bench.reset(C);

    failure(outcomes);
    assertRepaired(NEW, B);
  }

  @Test
  void aReplicaThatRefusedIsNotRepaired() {
    bench.stored(NEW);
    bench.get(all(2));
    bench.refuses(C, Refusal.NOT_OWNER);
    bench.holds(B, OLD);

    assertRepaired(NEW, B);
  }

  @Test
  void aRecoveringReplicaIsRepairedLikeAnyOther() {
    bench.stored(NEW);
    bench.get(all(2));
    bench.holds(B, NEW);
    bench.holdsRecovering(C, NOTHING);

    assertRepaired(NEW, C);
  }

  /** What is sent is the merged state, not the client's resolved view of it. */
  @Test
  void twinsThatClientsSeeAsOneVersionAreRepairedAsTheyAre() {
    VersionSet one = Versions.alone(Versions.dot(8, 1), Versions.value("v", 1, "request"));
    VersionSet twin = Versions.alone(Versions.dot(9, 1), Versions.value("v", 2, "request"));
    bench.stored(one);
    List<GetOutcome> outcomes = bench.get(all(3));
    bench.holds(B, twin);
    bench.holds(C, one);

    assertThat(state(outcomes).siblings()).hasSize(1);
    assertRepaired(one.merge(twin), B, C);
  }

  @Test
  void aKeyThatIsNowhereIsRepairedNowhere() {
    bench.get(all(3));
    bench.holds(B, NOTHING);
    bench.holds(C, NOTHING);

    assertRepaired(NOTHING);
    assertThat(bench.engine.writes()).isZero();
  }

  @Test
  void nobodyWaitsForTheAnswerToARepair() {
    bench.stored(NEW);
    bench.get(DEFAULT);
    bench.holds(B, OLD);
    bench.holds(B, OLD);

    assertThat(bench.shard.questionsOpen()).isZero();
    assertThat(bench.time.timersPending()).isZero();
    bench.refuses(B, Refusal.OVERLOADED);
  }
}
