package io.cartwheel.core.coordination;

import static io.cartwheel.core.coordination.Reads.DEFAULT;
import static io.cartwheel.core.coordination.Reads.OLD;
import static io.cartwheel.core.coordination.Reads.all;
import static io.cartwheel.core.coordination.Reads.failure;
import static io.cartwheel.core.coordination.Reads.r;
import static io.cartwheel.core.coordination.Reads.state;
import static io.cartwheel.core.coordination.Writes.put;
import static io.cartwheel.core.fixture.ShardBench.A;
import static io.cartwheel.core.fixture.ShardBench.B;
import static io.cartwheel.core.fixture.ShardBench.C;
import static org.assertj.core.api.Assertions.assertThat;

import io.cartwheel.core.fixture.ShardBench;
import io.cartwheel.core.message.Failure;
import io.cartwheel.core.message.Message;
import io.cartwheel.core.message.Message.ForwardedPut;
import io.cartwheel.core.message.Message.Refusal;
import io.cartwheel.core.message.Message.ReplicaGet;
import io.cartwheel.core.message.PutOutcome;
import io.cartwheel.core.overload.LatencyWindow;
import io.cartwheel.core.overload.UnderWay;
import io.cartwheel.core.port.Observer.Event;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Requests beyond what their replicas can do. */
class OverloadTest {
  private static final int READS = 200;
  private static final long PATIENCE_MILLIS = LatencyWindow.UNKNOWN_NANOS / 1_000_000;

  private final ShardBench bench = new ShardBench(A, B, C);

  @AfterEach
  void nothingIsLeft() {
    bench.assertNothingLeft();
  }

  @Test
  void readsThatTooFewReplicasHaveRoomForAreRefusedAtOnce() {
    bench.stored(OLD);
    fillPeers();
    assertThat(failure(bench.get(DEFAULT))).isEqualTo(new Failure.Overloaded());
    assertThat(bench.counts.of(Event.OVERLOADED)).isEqualTo(1);
    assertThat(state(bench.get(r(1)))).isEqualTo(OLD);
  }

  @Test
  void soAreWritesButForThoseThatWereForwarded() {
    fillPeers();
    assertThat(bench.put(put("v")))
        .containsExactly(new PutOutcome.Failed(new Failure.Overloaded()));
    bench.receive(new ForwardedPut(7, put("w"), false, 0, 1_000));
    assertThat(bench.asked(Message.ReplicaPut.class)).containsExactly(B, C);
  }

  @Test
  void aFullMemberThatAnswersAgainHasRoom() {
    fillPeers();
    bench.holds(B, OLD);
    assertThat(bench.get(DEFAULT)).isEmpty();
  }

  @Test
  void quickRefusalsMakeNoMemberLookAble() {
    for (int i = 0; i < 3_000; i++) {
      bench.get(all(3));
      bench.refuses(B, Refusal.OVERLOADED);
      bench.refuses(C, Refusal.OVERLOADED);
    }
    fillPeers();
    assertThat(failure(bench.get(all(3)))).isEqualTo(new Failure.Overloaded());
  }

  @Test
  void aLostMemberOwesNothingAnyMore() {
    fillPeers();
    bench.reset(B);
    bench.connects(B);
    assertThat(bench.get(DEFAULT)).isEmpty();
  }

  @Test
  void aFullReplicaRefusesOthersWorkAndClientsRequests() {
    bench.engine.hold();
    for (int i = 0; i < UnderWay.BURST; i++) {
      bench.receive(new ReplicaGet(i, ShardBench.KEY, 5, Message.Detail.FULL, false, 1_000));
    }
    assertThat(
            bench.receive(new ReplicaGet(9, ShardBench.KEY, 5, Message.Detail.FULL, false, 1_000)))
        .containsExactly(new Message.Refused(9, Refusal.OVERLOADED));
    assertThat(failure(bench.get(r(3)))).isEqualTo(new Failure.Overloaded());
  }

  @Test
  void aMemberThatIsBusyWithOtherQuestionsIsAskedPastForFewOfThem() {
    bench.stored(OLD);
    readAll();
    bench.pass(PATIENCE_MILLIS, B, C);
    assertThat(bench.counts.of(Event.READ_EXTENDED)).isBetween(10, READS / 5);
  }

  @Test
  void aSilentMemberIsAskedPastForAllOfThem() {
    bench.stored(OLD);
    readAll();
    bench.pass(PATIENCE_MILLIS);
    assertThat(bench.counts.of(Event.READ_EXTENDED)).isEqualTo(READS);
  }

  private void readAll() {
    for (int i = 0; i < READS; i++) {
      assertThat(bench.get(DEFAULT)).isEmpty();
    }
  }

  /** Asks both peers for as much as is let in while nothing has waited. */
  private void fillPeers() {
    for (int i = 0; i < UnderWay.BURST; i++) {
      assertThat(bench.get(all(3))).isEqualTo(List.of());
    }
  }
}
