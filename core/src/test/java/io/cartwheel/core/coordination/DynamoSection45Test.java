package io.cartwheel.core.coordination;

import static io.cartwheel.core.coordination.Reads.NEW;
import static io.cartwheel.core.coordination.Reads.OLD;
import static io.cartwheel.core.coordination.Reads.OTHER;
import static io.cartwheel.core.fixture.ShardBench.A;
import static io.cartwheel.core.fixture.ShardBench.B;
import static io.cartwheel.core.fixture.ShardBench.C;
import static io.cartwheel.core.fixture.ShardBench.D;
import static io.cartwheel.core.fixture.ShardBench.E;
import static org.assertj.core.api.Assertions.assertThat;

import io.cartwheel.core.fixture.ShardBench;
import io.cartwheel.core.message.GetOutcome;
import io.cartwheel.core.message.Message.ForwardedPut;
import io.cartwheel.core.message.Message.ReplicaGet;
import io.cartwheel.core.message.Message.ReplicaPut;
import io.cartwheel.core.message.PutOutcome;
import io.cartwheel.core.version.Sibling;
import io.cartwheel.core.version.VersionSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What Dynamo §4.5 and §5 say of a request's way, claim by claim. */
class DynamoSection45Test {
  private final ShardBench bench = new ShardBench(A, B, C, D, E);

  /** §4.5: any node takes a request for any key. */
  @Test
  void anyNodeTakesAnyKeysRequest() {
    var elsewhere = new ShardBench(B, C, D);
    List<GetOutcome> read = elsewhere.get(Reads.DEFAULT);
    elsewhere.holds(B, OLD);
    elsewhere.holds(C, OLD);
    List<PutOutcome> written = elsewhere.put(Writes.put("v"));
    var coordinator = elsewhere.asked(ForwardedPut.class).getFirst();
    elsewhere.coordinates(coordinator, Writes.storedAt(coordinator));

    assertThat(Reads.state(read)).isEqualTo(OLD);
    Writes.stored(written);
  }

  /** §4.5: a node that is not among the key's top N does not coordinate its write. */
  @Test
  void aWriteIsCoordinatedByOneOfTheTopN() {
    var elsewhere = new ShardBench(B, C, D, A);
    elsewhere.put(Writes.put("v"));

    assertThat(elsewhere.asked(ForwardedPut.class)).hasSize(1).isSubsetOf(B, C, D);
    assertThat(elsewhere.engine.writes()).isZero();
  }

  /**
   * §4.5: the coordinator of a put makes the new version's clock, writes it locally, sends it with
   * the clock to the rest of the top N, and has done when W-1 of them have answered.
   */
  @Test
  void aPutIsWrittenLocallySentToTheOthersAndDoneWithWMinusOneAnswers() {
    List<PutOutcome> outcomes = bench.put(Writes.put("v"));
    Sibling here = bench.stored().siblings().getFirst();
    assertThat(bench.asked(ReplicaPut.class)).containsExactly(B, C);
    assertThat(outcomes).isEmpty();
    VersionSet sent = bench.takes(B);

    assertThat(sent.siblings()).containsExactly(here);
    assertThat(sent.clock().covers(here.dot())).isTrue();
    Writes.stored(outcomes);
  }

  /**
   * §4.5: the coordinator of a get asks the N highest-ranked for all versions, waits for R, and
   * returns all that it takes to be causally unrelated.
   */
  @Test
  void aGetReturnsTheCausallyUnrelatedVersionsOfRReplicas() {
    bench.stored(OLD);
    List<GetOutcome> outcomes = bench.get(Reads.all(3));
    assertThat(bench.asked(ReplicaGet.class)).containsExactly(B, C);
    bench.holds(B, NEW);
    assertThat(outcomes).isEmpty();
    bench.holds(C, OTHER);

    assertThat(Writes.texts(Reads.state(outcomes))).containsExactlyInAnyOrder("new", "other");
  }

  /** §4.5: with R + W > N a read meets the last write. */
  @Test
  void aReadOfRMeetsAWriteOfWBecauseTheyShareAReplica() {
    List<PutOutcome> written = bench.put(Writes.put("v"));
    bench.takes(B);
    Writes.stored(written);
    List<GetOutcome> read = bench.get(Reads.all(2));
    bench.holds(C, VersionSet.EMPTY);

    assertThat(Writes.texts(Reads.state(read))).containsExactly("v");
  }

  /** §5: after the answer the machine waits for stragglers a while and updates the stale. */
  @Test
  void staleReplicasAreUpdatedAfterTheAnswer() {
    bench.stored(NEW);
    List<GetOutcome> outcomes = bench.get(Reads.all(2));
    bench.holds(B, NEW);
    Reads.state(outcomes);
    bench.holds(C, OLD);

    assertThat(bench.takes(C)).isEqualTo(NEW);
  }

  /** §5: the node that answered the read fastest coordinates the write that follows. */
  @Test
  void theFastestReplierOfTheReadCoordinatesTheWrite() {
    var elsewhere = new ShardBench(B, C, D);
    List<GetOutcome> read = elsewhere.get(Reads.all(2));
    elsewhere.holds(D, OLD);
    elsewhere.holds(C, OLD);
    elsewhere.holds(B, OLD);
    assertThat(Reads.fastest(read)).isEqualTo(D.value());
    elsewhere.put(Writes.preferring(Writes.put("v"), D));

    assertThat(elsewhere.asked(ForwardedPut.class)).containsExactly(D);
  }

  /**
   * §5: each request is one state machine, which takes its client's answer and its own end apart.
   */
  @Test
  void aRequestGoesOnUntilItsLastReplyThoughItsClientIsAnswered() {
    List<PutOutcome> outcomes = bench.put(Writes.put("v"));
    bench.takes(B);
    assertThat(outcomes).hasSize(1);
    assertThat(bench.shard.questionsOpen()).isEqualTo(1);
    bench.takes(C);

    assertThat(bench.shard.questionsOpen()).isZero();
    assertThat(bench.time.timersPending()).isZero();
  }
}
