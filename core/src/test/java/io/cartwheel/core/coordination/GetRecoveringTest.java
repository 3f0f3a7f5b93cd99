package io.cartwheel.core.coordination;

import static io.cartwheel.core.coordination.Reads.DEFAULT;
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
import io.cartwheel.core.message.Failure;
import io.cartwheel.core.message.GetOutcome;
import io.cartwheel.core.message.Message.ReplicaGet;
import io.cartwheel.core.port.Observer.Event;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Replicas that may have lost data count only when there is nobody better. */
class GetRecoveringTest {
  private final ShardBench bench = new ShardBench(A, B, C);

  @AfterEach
  void nothingIsLeft() {
    bench.assertNothingLeft();
  }

  @Test
  void aRecoveringReplicaIsNotCountedWhileAWholeOneCanBeAsked() {
    bench.stored(OLD);
    List<GetOutcome> outcomes = bench.get(DEFAULT);
    bench.holdsRecovering(B, NOTHING);
    assertThat(outcomes).isEmpty();
    assertThat(bench.asked(ReplicaGet.class)).containsExactly(C);
    bench.holds(C, OLD);

    assertThat(state(outcomes)).isEqualTo(OLD);
    assertThat(bench.counts.of(Event.RECOVERING_COUNTED)).isZero();
  }

  @Test
  void aRecoveringReplicaWithTheSameStateIsNotCountedEither() {
    bench.stored(OLD);
    List<GetOutcome> outcomes = bench.get(DEFAULT);
    bench.holdsRecovering(B, OLD);

    assertThat(outcomes).isEmpty();
    bench.holds(C, OLD);
    assertThat(state(outcomes)).isEqualTo(OLD);
  }

  @Test
  void aNodeThatIsRecoveringItselfAsksBothOthers() {
    bench.stored(OLD);
    bench.recovering(A, B, C);
    List<GetOutcome> outcomes = bench.get(DEFAULT);
    assertThat(bench.asked(ReplicaGet.class)).containsExactly(B, C);
    bench.holds(B, OTHER);
    if (bench.asked(ReplicaGet.class).contains(B)) {
      bench.holds(B, OTHER);
    }
    assertThat(outcomes).isEmpty();
    bench.holds(C, OTHER);

    assertThat(state(outcomes)).isEqualTo(OLD.merge(OTHER));
  }

  @Test
  void recoveringReplicasCountOnceAllWholeOnesHaveFailed() {
    bench.stored(OLD);
    List<GetOutcome> outcomes = bench.get(DEFAULT);
    bench.holdsRecovering(B, OTHER);
    bench.holdsRecovering(B, OTHER);
    assertThat(outcomes).isEmpty();
    bench.reset(C);

    assertThat(state(outcomes)).isEqualTo(OLD.merge(OTHER));
    assertThat(bench.counts.of(Event.RECOVERING_COUNTED)).isEqualTo(1);
  }

  @Test
  void recoveringReplicasCountOnceTheWholeOnesAreTooSlow() {
    bench.stored(OLD);
    List<GetOutcome> outcomes = bench.get(all(2));
    bench.holdsRecovering(B, NOTHING);
    bench.time.pass(49);
    assertThat(outcomes).isEmpty();
    bench.time.pass(1);

    assertThat(state(outcomes)).isEqualTo(OLD);
    assertThat(bench.counts.of(Event.RECOVERING_COUNTED)).isEqualTo(1);
  }

  @Test
  void aReadOfAllCountsTheRecoveringOnesBecauseThereIsNobodyElse() {
    bench.stored(OLD);
    List<GetOutcome> outcomes = bench.get(r(3));
    bench.holds(B, OLD);
    assertThat(outcomes).isEmpty();
    bench.holdsRecovering(C, NOTHING);

    assertThat(state(outcomes)).isEqualTo(OLD);
  }

  @Test
  void whatARecoveringReplicaHoldsIsShownThoughItDoesNotCount() {
    bench.stored(OLD);
    List<GetOutcome> outcomes = bench.get(all(2));
    bench.holdsRecovering(B, OTHER);
    bench.holds(C, OLD);

    assertThat(state(outcomes)).isEqualTo(OLD.merge(OTHER));
  }

  @Test
  void tooFewEvenWithTheRecoveringOnesIsUnavailable() {
    bench.recovering(A, B, C);
    List<GetOutcome> outcomes = bench.get(r(2));
    bench.reset(B);
    bench.reset(C);

    assertThat(failure(outcomes)).isEqualTo(new Failure.Unavailable(2, 1, false));
  }
}
