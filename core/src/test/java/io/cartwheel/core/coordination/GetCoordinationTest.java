package io.cartwheel.core.coordination;

import static io.cartwheel.core.coordination.Reads.DEFAULT;
import static io.cartwheel.core.coordination.Reads.NEW;
import static io.cartwheel.core.coordination.Reads.NOTHING;
import static io.cartwheel.core.coordination.Reads.OLD;
import static io.cartwheel.core.coordination.Reads.OTHER;
import static io.cartwheel.core.coordination.Reads.all;
import static io.cartwheel.core.coordination.Reads.failure;
import static io.cartwheel.core.coordination.Reads.fastest;
import static io.cartwheel.core.coordination.Reads.r;
import static io.cartwheel.core.coordination.Reads.state;
import static io.cartwheel.core.fixture.ShardBench.A;
import static io.cartwheel.core.fixture.ShardBench.B;
import static io.cartwheel.core.fixture.ShardBench.C;
import static io.cartwheel.core.fixture.ShardBench.D;
import static org.assertj.core.api.Assertions.assertThat;

import io.cartwheel.core.bucket.BucketType;
import io.cartwheel.core.bucket.BucketType.Limits;
import io.cartwheel.core.bucket.Fanout;
import io.cartwheel.core.fixture.ShardBench;
import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.item.ItemKey;
import io.cartwheel.core.message.Failure;
import io.cartwheel.core.message.GetOutcome;
import io.cartwheel.core.message.GetRequest;
import io.cartwheel.core.message.Message;
import io.cartwheel.core.message.Message.Detail;
import io.cartwheel.core.message.Message.ReplicaGet;
import io.cartwheel.core.port.Observer.Event;
import io.cartwheel.core.version.ConflictPolicy;
import io.cartwheel.core.version.VersionSet;
import io.cartwheel.core.version.Versions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whom a read asks, and when it has heard enough. */
class GetCoordinationTest {
  private ShardBench bench = new ShardBench(A, B, C);

  @AfterEach
  void nothingIsLeft() {
    bench.assertNothingLeft();
  }

  @Test
  void aReadOfOneIsAnsweredByThisReplicaWithoutTheNetwork() {
    bench.stored(OLD);

    assertThat(state(bench.get(r(1)))).isEqualTo(OLD);
    assertThat(bench.wire.everSent()).isEmpty();
  }

  @Test
  void aQuorumReadAsksThisReplicaForItsStateAndOneOtherForADigest() {
    bench.stored(OLD);
    List<GetOutcome> outcomes = bench.get(DEFAULT);
    var asked = (ReplicaGet) bench.wire.underWay().getFirst().request();
    assertThat(outcomes).isEmpty();
    assertThat(bench.asked(ReplicaGet.class)).containsExactly(B);
    assertThat(asked.detail()).isEqualTo(Detail.DIGEST);
    assertThat(asked.listVersion()).isEqualTo(5);
    assertThat(asked.timeoutMillis()).isEqualTo(5_000);

    bench.holds(B, OLD);

    assertThat(state(outcomes)).isEqualTo(OLD);
    assertThat(fastest(outcomes)).isEqualTo(A.value());
    assertThat(bench.wire.underWay()).isEmpty();
    assertThat(bench.shard.questionsOpen()).isZero();
  }

  @Test
  void aDigestThatDiffersIsFollowedByAReadOfTheState() {
    bench.stored(OLD);
    List<GetOutcome> outcomes = bench.get(DEFAULT);
    bench.holds(B, NEW);
    assertThat(outcomes).isEmpty();
    assertThat(bench.counts.of(Event.DIGEST_MISMATCH)).isEqualTo(1);

    bench.holds(B, NEW);

    assertThat(state(outcomes)).isEqualTo(NEW);
  }

  @Test
  void aReplicaThatChangedBetweenDigestAndStateIsTakenAtItsState() {
    bench.stored(OLD);
    List<GetOutcome> outcomes = bench.get(DEFAULT);
    bench.holds(B, NEW);
    bench.holds(B, NEW.merge(OTHER));

    assertThat(state(outcomes)).isEqualTo(NEW.merge(OTHER));
  }

  @Test
  void twoReplicasThatHaveNothingAgree() {
    List<GetOutcome> outcomes = bench.get(DEFAULT);
    bench.holds(B, NOTHING);

    assertThat(state(outcomes)).isEqualTo(NOTHING);
    assertThat(bench.counts.of(Event.DIGEST_MISMATCH)).isZero();
  }

  @Test
  void fanoutAllAsksEveryPrimaryForItsStateAndAnswersAtTheRth() {
    bench.stored(OLD);
    List<GetOutcome> outcomes = bench.get(all(2));
    assertThat(bench.asked(ReplicaGet.class)).containsExactly(B, C);
    assertThat(bench.wire.underWay())
        .allMatch(sent -> ((ReplicaGet) sent.request()).detail() == Detail.FULL);

    bench.holds(C, OTHER);

    assertThat(state(outcomes)).isEqualTo(OLD.merge(OTHER));
  }

  @Test
  void aReadOfAllWaitsForEveryPrimary() {
    bench.stored(OLD);
    List<GetOutcome> outcomes = bench.get(r(3));
    assertThat(bench.asked(ReplicaGet.class)).containsExactly(B, C);
    bench.holds(B, OLD);
    assertThat(outcomes).isEmpty();
    bench.holds(C, OLD);

    assertThat(state(outcomes)).isEqualTo(OLD);
  }

  @Test
  void concurrentVersionsOfTwoReplicasComeTogetherAsSiblings() {
    bench.stored(OLD);
    List<GetOutcome> outcomes = bench.get(all(3));
    bench.holds(B, OTHER);
    bench.holds(C, NEW);

    assertThat(state(outcomes).siblings()).hasSize(2);
    assertThat(state(outcomes)).isEqualTo(NEW.merge(OTHER));
  }

  @Test
  void onlyPrimariesAreAsked() {
    bench = new ShardBench(A, B, C, D);

    bench.get(all(3));

    assertThat(bench.asked(ReplicaGet.class)).containsExactly(B, C);
  }

  @Test
  void aMemberThatIsNoOwnerCoordinatesAReadOfOthers() {
    bench = new ShardBench(B, C, D);
    List<GetOutcome> outcomes = bench.get(DEFAULT);
    assertThat(bench.asked(ReplicaGet.class)).containsExactly(B, C);
    bench.holds(C, OLD);
    assertThat(outcomes).isEmpty();
    bench.holds(B, OLD);

    assertThat(state(outcomes)).isEqualTo(OLD);
    assertThat(fastest(outcomes)).isEqualTo(C.value());
  }

  @Test
  void theReadiestAreAskedFirstTheConnectedByHowFastTheyWere() {
    bench = new ShardBench(B, C, D);
    bench.get(all(3));
    bench.holds(D, OLD);
    bench.time.pass(3);
    bench.holds(C, OLD);
    bench.time.pass(3);
    bench.holds(B, OLD);
    bench.reset(C);

    bench.get(r(1));
    assertThat(bench.asked(ReplicaGet.class)).containsExactly(D);
    bench.reset(D);
    assertThat(bench.asked(ReplicaGet.class)).containsExactly(B);
  }

  @Test
  void anUnknownTypeIsInvalid() {
    var outcomes = new ArrayList<GetOutcome>();
    var key = new ItemKey(Bytes.utf8("unknown"), Bytes.utf8("b"), Bytes.utf8("k"));
    bench.shard.get(new GetRequest(key, DEFAULT), outcomes::add);

    assertThat(failure(outcomes)).isInstanceOf(Failure.Invalid.class);
  }

  @Test
  void aQuorumThatCannotBeMetIsRefusedAtOnce() {
    assertThat(failure(bench.get(r(4)))).isInstanceOf(Failure.Invalid.class);
    bench = new ShardBench(A, B);
    assertThat(failure(bench.get(r(3)))).isEqualTo(new Failure.Unavailable(3, 2, false));
    assertThat(bench.wire.everSent()).isEmpty();
  }

  @Test
  void aNodeAloneAnswersByItself() {
    bench = new ShardBench(A);
    bench.stored(OLD);

    assertThat(state(bench.get(DEFAULT))).isEqualTo(OLD);
  }

  @Test
  void aReplyRepeatedLateOrFromSomebodyElseIsNone() {
    bench.stored(OLD);
    List<GetOutcome> outcomes = bench.get(r(3));
    var toB = bench.wire.take(B, ReplicaGet.class);
    bench.shard.replied(C, new Message.ReplicaState(toB.id(), OTHER, false, 0));
    assertThat(outcomes).isEmpty();
    var reply = new Message.ReplicaState(toB.id(), OLD, false, 0);
    bench.shard.replied(B, reply);
    bench.shard.replied(B, reply);
    assertThat(outcomes).isEmpty();
    bench.holds(C, OLD);

    assertThat(state(outcomes)).isEqualTo(OLD);
    bench.shard.replied(B, reply);
    assertThat(outcomes).hasSize(1);
  }

  @Test
  void clientsSeeWhatTheTypesPolicyMakesOfTheVersionsWithAllTheirKnowledge() {
    BucketType usual = BucketType.byDefault();
    bench =
        new ShardBench(
            new BucketType(
                usual.name(),
                3,
                usual.quorums(),
                ConflictPolicy.LAST_WRITE_WINS,
                Fanout.ALL,
                Limits.DEFAULT),
            A,
            B,
            C);
    VersionSet early = Versions.alone(Versions.dot(1, 1), Versions.value("early", 5, ""));
    VersionSet late = Versions.alone(Versions.dot(2, 1), Versions.value("late", 9, ""));
    bench.stored(early);
    List<GetOutcome> outcomes = bench.get(DEFAULT);
    bench.holds(B, late);

    assertThat(state(outcomes).siblings()).isEqualTo(late.siblings());
    assertThat(state(outcomes).clock()).isEqualTo(early.merge(late).clock());
  }
}
