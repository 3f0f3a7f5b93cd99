package io.cartwheel.core.coordination;

import static io.cartwheel.core.coordination.Reads.OLD;
import static io.cartwheel.core.coordination.Writes.failure;
import static io.cartwheel.core.coordination.Writes.put;
import static io.cartwheel.core.coordination.Writes.stored;
import static io.cartwheel.core.coordination.Writes.w;
import static io.cartwheel.core.coordination.Writes.with;
import static io.cartwheel.core.fixture.ShardBench.A;
import static io.cartwheel.core.fixture.ShardBench.AT;
import static io.cartwheel.core.fixture.ShardBench.B;
import static io.cartwheel.core.fixture.ShardBench.C;
import static io.cartwheel.core.fixture.ShardBench.D;
import static org.assertj.core.api.Assertions.assertThat;

import io.cartwheel.core.fixture.ShardBench;
import io.cartwheel.core.item.ItemKey;
import io.cartwheel.core.message.Failure;
import io.cartwheel.core.message.Message;
import io.cartwheel.core.message.Message.Refusal;
import io.cartwheel.core.message.Message.ReplicaPut;
import io.cartwheel.core.message.PutOutcome;
import io.cartwheel.core.node.ShardSettings.Hints;
import io.cartwheel.core.port.Observer.Event;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A node that keeps as many hints as it may: it stands in for nobody more, and drops nothing. */
class HintQuotaTest {
  private ShardBench bench = new ShardBench(B, C, D, A);

  @AfterEach
  void nothingIsLeft() {
    bench.assertNothingLeft();
  }

  @Test
  void aNodeFullOfHintsStandsInForNobodyMoreAndDropsNothing() {
    bench = new ShardBench(new Hints(100, 1_000), B, C, D, A);
    var first = new ReplicaPut(1, ShardBench.KEY, 5, OLD, List.of(B), 0, 1_000);
    bench.receive(first);
    var other = ItemKey.of("carts", "bob");
    var replies = bench.receive(new ReplicaPut(2, other, 5, OLD, List.of(B), 0, 1_000));

    assertThat(replies).containsExactly(new Message.Refused(2, Refusal.HINTS_FULL));
    assertThat(bench.owedHere()).containsExactly(B);
    assertThat(bench.shard.hints().count()).isEqualTo(1);
    assertThat(bench.counts.of(Event.HINT_REFUSED)).isEqualTo(1);
    assertThat(bench.receive(first))
        .as("a key that is kept already")
        .containsExactly(new Message.ReplicaStored(1, true));
  }

  @Test
  void anOwnerFullOfHintsStillCoordinatesItsOwnKeys() {
    bench = new ShardBench(new Hints(10, 1_000), A, B, C);
    bench.reset(B);
    List<PutOutcome> outcomes = bench.put(put("v"));
    bench.takes(C);

    stored(outcomes);
    assertThat(bench.owedHere()).isEmpty();
  }

  @Test
  void aStandInFullOfHintsCoordinatesNothing() {
    bench = new ShardBench(new Hints(10, 1_000), B, C, D, A);
    List.of(B, C, D).forEach(bench::reset);
    List<PutOutcome> outcomes = bench.put(with(put("v"), w(1)));
    List.of(B, C, D).forEach(bench::reset);

    assertThat(failure(outcomes)).isInstanceOf(Failure.Unavailable.class);
    assertThat(failure(outcomes).isIndeterminate()).isFalse();
    assertThat(bench.engine.has(AT)).isFalse();
  }
}
