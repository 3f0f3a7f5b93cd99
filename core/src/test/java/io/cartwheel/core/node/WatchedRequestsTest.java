package io.cartwheel.core.node;

import static io.cartwheel.core.fixture.ShardBench.A;
import static io.cartwheel.core.fixture.ShardBench.B;
import static io.cartwheel.core.fixture.ShardBench.C;
import static org.assertj.core.api.Assertions.assertThat;

import io.cartwheel.core.background.Reason;
import io.cartwheel.core.background.Work;
import io.cartwheel.core.fixture.ShardBench;
import io.cartwheel.core.message.GetRequest;
import io.cartwheel.core.message.Message;
import io.cartwheel.core.version.VersionSet;
import org.junit.jupiter.api.Test;

/** Dynamo §6.5: how clients' requests fare decides what background work gets. */
class WatchedRequestsTest {
  private static final GetRequest.Options IMPATIENT = GetRequest.Options.DEFAULT.withTimeout(100);

  private final ShardBench bench = new ShardBench(A, B, C);

  @Test
  void backgroundWorkMakesWayForRequestsThatEndAtTheirDeadlines() {
    bench.shard.start();
    for (int i = 0; i < 20; i++) {
      bench.get(IMPATIENT);
      bench.pass(100, B, C);
    }

    var exchange = bench.shard.background().of(Work.EXCHANGE);
    assertThat(exchange.reason()).isEqualTo(Reason.FAILURES);
    assertThat(exchange.share()).isLessThan(0.1);
  }

  @Test
  void requestsThatAreAnsweredInTimeCostItNothing() {
    bench.shard.start();
    for (int i = 0; i < 200; i++) {
      bench.get(IMPATIENT);
      bench.asked(Message.ReplicaGet.class).forEach(peer -> bench.holds(peer, VersionSet.EMPTY));
      bench.pass(10, B, C);
    }

    var report = bench.shard.background();
    assertThat(report.of(Work.EXCHANGE).reason()).isEqualTo(Reason.WITHIN_TARGET);
    assertThat(report.of(Work.EXCHANGE).share()).isEqualTo(1);
    assertThat(report.p99Nanos()).isPositive();
  }
}
