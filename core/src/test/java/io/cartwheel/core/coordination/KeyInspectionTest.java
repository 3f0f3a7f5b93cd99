package io.cartwheel.core.coordination;

import static io.cartwheel.core.coordination.Reads.NEW;
import static io.cartwheel.core.coordination.Reads.OLD;
import static io.cartwheel.core.fixture.ShardBench.A;
import static io.cartwheel.core.fixture.ShardBench.AT;
import static io.cartwheel.core.fixture.ShardBench.B;
import static io.cartwheel.core.fixture.ShardBench.C;
import static io.cartwheel.core.fixture.ShardBench.D;
import static io.cartwheel.core.fixture.ShardBench.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import io.cartwheel.core.fixture.ScriptedEngine.Fault;
import io.cartwheel.core.fixture.ShardBench;
import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.membership.FailureDetector.Health;
import io.cartwheel.core.message.Explanation;
import io.cartwheel.core.message.Explanation.Answer;
import io.cartwheel.core.message.Explanation.Cause;
import io.cartwheel.core.message.Explanation.Statement;
import io.cartwheel.core.message.KeyReport;
import io.cartwheel.core.message.KeyReport.Copy;
import io.cartwheel.core.message.KeyReport.Debt;
import io.cartwheel.core.message.Message;
import io.cartwheel.core.message.Message.Inspect;
import io.cartwheel.core.message.Message.Refusal;
import io.cartwheel.core.ring.MemberId;
import io.cartwheel.core.version.VersionSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every member is asked what it has of a key. The last of the four is no owner. */
class KeyInspectionTest {
  private ShardBench bench = new ShardBench(B, C, A, D);
  private final List<Explanation> explained = new ArrayList<>();

  @AfterEach
  void nothingIsLeft() {
    bench.assertNothingLeft();
    assertThat(explained).hasSize(1);
  }

  private void explain() {
    bench.shard.explain(KEY, explained::add);
  }

  private static KeyReport report(VersionSet state) {
    return new KeyReport(false, Copy.Held.of(state, 0, Optional.empty()), Optional.empty());
  }

  private static final KeyReport NONE = new KeyReport(false, new Copy.Absent(), Optional.empty());

  private void says(MemberId member, KeyReport report) {
    var inspect = bench.wire.take(member, Inspect.class);
    bench.shard.replied(member, new Message.Inspected(inspect.id(), report));
  }

  private Statement statement(int rank) {
    return explained.getFirst().statements().get(rank);
  }

  private Answer missing(Cause cause) {
    return new Answer.Missing(cause);
  }

  @Test
  void allMembersAreAskedAndToldInTheOrderOfThePreferenceList() {
    bench.stored(OLD);
    explain();
    assertThat(bench.asked(Inspect.class)).containsExactly(B, C, D);
    says(D, NONE);
    says(C, report(NEW));
    assertThat(explained).isEmpty();
    says(B, report(OLD));

    Explanation told = explained.getFirst();
    assertThat(told.statements()).extracting(Statement::member).containsExactly(B, C, A, D);
    assertThat(told.list().primaries()).containsExactly(B, C, A);
    assertThat(statement(0)).isEqualTo(new Statement(B, Health.HEALTHY, reported(OLD)));
    assertThat(statement(1)).isEqualTo(new Statement(C, Health.HEALTHY, reported(NEW)));
    KeyReport here = ((Answer.Reported) statement(2).answer()).report();
    assertThat(here.copy()).isEqualTo(report(OLD).copy());
    assertThat(statement(3).answer()).isEqualTo(new Answer.Reported(NONE));
    assertThat(told.differing()).containsExactly(B, A);
  }

  private static Answer reported(VersionSet state) {
    return new Answer.Reported(report(state));
  }

  @Test
  void nobodyHearsMoreThanTheQuestionAndNothingIsRepaired() {
    bench.stored(OLD);
    int writes = bench.engine.writes();
    explain();
    for (var member : List.of(B, C, D)) {
      says(member, report(NEW));
    }

    assertThat(bench.wire.everSent()).allMatch(sent -> sent.request() instanceof Inspect);
    assertThat(bench.engine.writes()).isEqualTo(writes);
  }

  @Test
  void aDamagedCopyHereIsToldAndNotRefilled() {
    bench.stored(OLD);
    bench.engine.damage(AT, 9);
    Bytes damaged = bench.engine.record(AT);
    explain();
    for (var member : List.of(B, C, D)) {
      says(member, report(OLD));
    }

    KeyReport here = ((Answer.Reported) statement(2).answer()).report();
    assertThat(here.copy()).isEqualTo(new Copy.Damaged());
    assertThat(bench.engine.record(AT)).isEqualTo(damaged);
    assertThat(bench.engine.setAside()).isEmpty();
    assertThat(bench.wire.underWay()).isEmpty();
  }

  @Test
  void whoDoesNotAnswerIsNamedAfterFiveSecondsWithTheCause() {
    explain();
    says(B, report(OLD));
    bench.pass(4_900, D);
    assertThat(explained).isEmpty();
    bench.pass(200, D);

    assertThat(statement(0).answer()).isEqualTo(reported(OLD));
    assertThat(statement(1)).isEqualTo(new Statement(C, Health.SUSPECT, missing(Cause.SUSPECTED)));
    assertThat(statement(3)).isEqualTo(new Statement(D, Health.HEALTHY, missing(Cause.TIMED_OUT)));
    assertThat(explained.getFirst().missing()).containsExactly(C, D);
  }

  @Test
  void aConnectionThatBreaksIsToldAtOnce() {
    explain();
    bench.reset(B);
    says(C, NONE);
    says(D, NONE);

    assertThat(statement(0)).isEqualTo(new Statement(B, Health.SUSPECT, missing(Cause.FAILED)));
  }

  @Test
  void aSuspectIsAskedTooForItMayAnswer() {
    bench.reset(B);
    assertThat(bench.healthOf(B)).isEqualTo(Health.SUSPECT);
    explain();
    bench.connects(B);
    for (var member : List.of(B, C, D)) {
      says(member, NONE);
    }

    assertThat(statement(0)).isEqualTo(new Statement(B, Health.HEALTHY, new Answer.Reported(NONE)));
  }

  @Test
  void refusalsAreToldForWhatTheyAre() {
    explain();
    bench.refuses(B, Refusal.OVERLOADED);
    bench.refuses(C, Refusal.STORAGE_FAILED);
    bench.refuses(D, Refusal.EXPIRED);

    assertThat(statement(0).answer()).isEqualTo(missing(Cause.OVERLOADED));
    assertThat(statement(1).answer()).isEqualTo(missing(Cause.STORAGE_FAILED));
    assertThat(statement(3).answer()).isEqualTo(missing(Cause.TIMED_OUT));
  }

  @Test
  void anAnswerToSomethingElseIsNone() {
    explain();
    var inspect = bench.wire.take(B, Inspect.class);
    bench.shard.replied(B, new Message.ReplicaStored(inspect.id(), true));
    says(C, NONE);
    says(D, NONE);

    assertThat(statement(0).answer()).isEqualTo(missing(Cause.FAILED));
  }

  @Test
  void whereTheOwnDiskFailsTheOthersAreStillHeard() {
    bench.engine.failNext(Fault.WITHOUT_EFFECT);
    explain();
    for (var member : List.of(B, C, D)) {
      says(member, report(OLD));
    }

    assertThat(statement(2))
        .isEqualTo(new Statement(A, Health.HEALTHY, missing(Cause.STORAGE_FAILED)));
    assertThat(explained.getFirst().isAnswered()).isTrue();
  }

  /** Dynamo §4.6: a copy may be with a member that is no owner. */
  @Test
  void aMemberThatIsNoOwnerTellsWhatItKeepsAndForWhom() {
    bench = new ShardBench(B, C, D, A);
    var replies = bench.receive(new Message.ReplicaPut(1, KEY, 5, OLD, List.of(B), 0, 1_000));
    assertThat(replies).containsExactly(new Message.ReplicaStored(1, true));
    explain();
    for (var member : List.of(B, C, D)) {
      says(member, NONE);
    }

    var debt = new Debt(List.of(B), Optional.of(bench.time.wallMillis()));
    Copy held = Copy.Held.of(OLD, 0, Optional.empty());
    assertThat(statement(3).answer())
        .isEqualTo(new Answer.Reported(new KeyReport(false, held, Optional.of(debt))));
  }
}
