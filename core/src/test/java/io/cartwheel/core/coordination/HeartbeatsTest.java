package io.cartwheel.core.coordination;

import static io.cartwheel.core.fixture.ShardBench.A;
import static io.cartwheel.core.fixture.ShardBench.B;
import static io.cartwheel.core.fixture.ShardBench.C;
import static io.cartwheel.core.fixture.ShardBench.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import io.cartwheel.core.fixture.ShardBench;
import io.cartwheel.core.membership.FailureDetector.Health;
import io.cartwheel.core.message.Message;
import io.cartwheel.core.message.Message.Heartbeat;
import io.cartwheel.core.port.Observer.Event;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HeartbeatsTest {
  private final ShardBench bench = new ShardBench(A, B, C);

  @BeforeEach
  void started() {
    bench.shard.start();
  }

  /** The peers answer all signs that are asked of them. */
  private void beat(int times) {
    for (int i = 0; i < times; i++) {
      bench.time.pass(200);
      List.copyOf(bench.wire.underWay())
          .forEach(sent -> {
            bench.wire.take(sent);
            bench.shard.replied(sent.to(), new Message.Alive(sent.request().id(), false));
          });
    }
  }

  @Test
  void quietMembersAreAskedForASignOfLife() {
    bench.time.pass(200);

    assertThat(bench.asked(Heartbeat.class)).containsExactly(B, C);
    assertThat(bench.shard.questionsOpen()).isZero();
  }

  @Test
  void whoAnswersOtherThingsIsNotAsked() {
    bench.time.pass(190);
    bench.lives(B);
    bench.time.pass(10);

    assertThat(bench.asked(Heartbeat.class)).containsExactly(C);
  }

  @Test
  void whoIsNotConnectedIsNotAsked() {
    bench.reset(B);
    bench.time.pass(200);

    assertThat(bench.asked(Heartbeat.class)).containsExactly(C);
  }

  @Test
  void membersThatAnswerStayHealthyThoughNobodyRequestsAnything() {
    beat(100);

    assertThat(bench.healthOf(B)).isEqualTo(Health.HEALTHY);
    assertThat(bench.counts.of(Event.SUSPECTED)).isZero();
  }

  /** Asymmetric cuts: what a member sends by itself does not say that it can be reached. */
  @Test
  void onlyAnswersCountNotWhatAMemberSendsByItself() {
    for (int i = 0; i < 20; i++) {
      bench.time.pass(50);
      bench.receive(new Heartbeat(i, 1_000));
      bench.receive(new Message.ReplicaGet(i, KEY, 5, Message.Detail.FULL, false, 1_000));
    }

    assertThat(bench.healthOf(B)).isEqualTo(Health.SUSPECT);
  }

  @Test
  void aSuspicionIsCountedOnceUntilTheMemberIsTrustedAgain() {
    bench.reset(B);
    beat(10);
    assertThat(bench.counts.of(Event.SUSPECTED)).isEqualTo(1);
    bench.connects(B);
    beat(2);
    assertThat(bench.healthOf(B)).isEqualTo(Health.HEALTHY);
    bench.reset(B);
    beat(2);

    assertThat(bench.counts.of(Event.SUSPECTED)).isEqualTo(2);
  }

  @Test
  void aSuspectIsAskedOnSoThatItCanBeTrustedAgain() {
    bench.time.pass(2_000);
    assertThat(bench.healthOf(B)).isEqualTo(Health.SUSPECT);
    beat(1);

    assertThat(bench.healthOf(B)).isEqualTo(Health.HEALTHY);
  }

  @Test
  void aShardThatWasHeldUpBlamesNobodyAndFindsItselfSlowForAWhile() {
    beat(10);
    bench.time.stall(10_000);
    bench.time.pass(0);

    assertThat(bench.healthOf(B)).isEqualTo(Health.HEALTHY);
    assertThat(bench.counts.of(Event.HELD_UP)).isEqualTo(1);
    assertThat(bench.shard.isSlow()).isTrue();
    assertThat(bench.receive(new Heartbeat(1, 1_000))).containsExactly(new Message.Alive(1, true));
    beat(11);
    assertThat(bench.shard.isSlow()).isFalse();
    assertThat(bench.receive(new Heartbeat(2, 1_000))).containsExactly(new Message.Alive(2, false));
  }

  @Test
  void aBeatThatIsALittleLateIsNothingToSpeakOf() {
    beat(10);
    bench.time.stall(300);
    beat(1);

    assertThat(bench.shard.isSlow()).isFalse();
    assertThat(bench.counts.of(Event.HELD_UP)).isZero();
  }
}
