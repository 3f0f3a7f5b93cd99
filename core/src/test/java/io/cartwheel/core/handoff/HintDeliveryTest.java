package io.cartwheel.core.handoff;

import static org.assertj.core.api.Assertions.assertThat;

import io.cartwheel.core.background.Work;
import io.cartwheel.core.coordination.Inquiries;
import io.cartwheel.core.fixture.ScriptedEngine.Fault;
import io.cartwheel.core.item.ItemKey;
import io.cartwheel.core.membership.Stamps;
import io.cartwheel.core.message.Message.ReplicaPut;
import io.cartwheel.core.port.Observer.Event;
import io.cartwheel.core.replica.HintLedger;
import io.cartwheel.core.replica.HintLoader;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Dynamo §4.6: when a member is back, whoever kept writes for it hands them over, and may then
 * delete them. A stands in here for B, C and D.
 */
class HintDeliveryTest extends HandoffBench {
  @Test
  void nothingIsSentUntilTheOwnerAnswersAgain() {
    keep(ALICE, STATE, B);
    time.pass(1_000);
    inquiries.lost(B);
    time.pass(1_000);
    assertThat(wire.everSent()).isEmpty();

    alive(B);
    time.pass(50);
    assertThat(sentTo(B)).containsExactly(ALICE);
  }

  @Test
  void theOwnerIsSentTheStateAsAnOwnerIs() {
    keep(ALICE, STATE, B);
    alive(B);
    time.pass(50);
    var put = wire.take(B, ReplicaPut.class);

    assertThat(put.state()).isEqualTo(STATE);
    assertThat(put.owed()).isEmpty();
    assertThat(put.listVersion()).isEqualTo(5);
  }

  @Test
  void onlyADurableAnswerStrikesTheOwnerOffAndTheRecordGoes() {
    keep(ALICE, STATE, B);
    alive(B);
    time.pass(50);
    assertThat(engine.has(at(ALICE))).isTrue();
    takes(B, true);

    assertThat(ledger.isEmpty()).isTrue();
    assertThat(engine.has(at(ALICE))).isFalse();
    assertThat(engine.hint(at(ALICE)).isEmpty()).isTrue();
    assertThat(counts.of(Event.HINT_DELIVERED)).isEqualTo(1);
  }

  @Test
  void anAnswerThatIsNotDurableStrikesNobodyOff() {
    keep(ALICE, STATE, B);
    alive(B);
    time.pass(50);
    takes(B, false);

    assertThat(ledger.owners()).containsExactly(B);
    assertThat(engine.has(at(ALICE))).isTrue();
    pass(1_100, B);
    assertThat(sentTo(B)).as("tried again").containsExactly(ALICE);
  }

  @Test
  void aKeyThatChangedMeanwhileIsHandedOverAgain() {
    keep(ALICE, STATE, B);
    alive(B);
    time.pass(50);
    keep(ALICE, MORE, B);
    takes(B, true);
    assertThat(ledger.owners()).containsExactly(B);
    assertThat(counts.of(Event.HINT_DELIVERED)).as("what B took is not all").isZero();
    time.pass(50);

    assertThat(takes(B, true)).isEqualTo(STATE.merge(MORE));
    assertThat(ledger.isEmpty()).isTrue();
    assertThat(counts.of(Event.HINT_DELIVERED)).isEqualTo(1);
  }

  @Test
  void anOwnerKeepsItsRecord() {
    owners = List.of(A, B, C);
    keep(ALICE, STATE, B);
    alive(B);
    time.pass(50);
    takes(B, true);

    assertThat(ledger.isEmpty()).isTrue();
    assertThat(engine.has(at(ALICE))).isTrue();
    assertThat(engine.hint(at(ALICE)).isEmpty()).isTrue();
  }

  @Test
  void eachOwnerIsStruckOffForItself() {
    keep(ALICE, STATE, B, C);
    alive(B, C);
    time.pass(50);
    assertThat(sentTo(C)).containsExactly(ALICE);
    takes(C, true);
    assertThat(ledger.owners()).containsExactly(B);
    assertThat(engine.has(at(ALICE))).isTrue();
    takes(B, true);

    assertThat(engine.has(at(ALICE))).isFalse();
  }

  @Test
  void anOwnerWhoseConnectionBreaksIsOwedOn() {
    keep(ALICE, STATE, B);
    alive(B);
    time.pass(50);
    inquiries.lost(B);

    assertThat(ledger.owners()).containsExactly(B);
    assertThat(inquiries.openCount()).isZero();
  }

  @Test
  void soManyAreBegunEachSecondAndNoMore() {
    for (int i = 0; i < 200; i++) {
      keep(ItemKey.of("carts", "key " + i), STATE, B);
    }
    alive(B);
    time.pass(50);
    assertThat(sentTo(B)).hasSize(50);
    pass(200, B);
    assertThat(sentTo(B)).as("nothing was answered yet").hasSize(50);
    for (int i = 0; i < 50; i++) {
      takes(B, true);
    }
    time.pass(50);

    assertThat(sentTo(B)).hasSize(50);
  }

  @Test
  void aLowRateIsKeptOverManyTurns() {
    startAnew(2);
    for (int i = 0; i < 30; i++) {
      keep(ItemKey.of("carts", "key " + i), STATE, B);
    }
    alive(B);
    for (int turn = 1; turn <= 200; turn++) {
      pass(50, B);
      if (!sentTo(B).isEmpty()) {
        takes(B, true);
      }
    }

    assertThat(counts.of(Event.HINT_DELIVERED)).as("in ten seconds").isEqualTo(20);
  }

  /** No multiple of the turns there are in a second. */
  @Test
  void anOddRateIsKeptToo() {
    startAnew(30);
    for (int i = 0; i < 100; i++) {
      keep(ItemKey.of("carts", "key " + i), STATE, B);
    }
    alive(B);
    for (int turn = 1; turn <= 40; turn++) {
      pass(50, B);
      sentTo(B).forEach(_ -> takes(B, true));
    }

    assertThat(counts.of(Event.HINT_DELIVERED)).as("in two seconds").isEqualTo(60);
  }

  /** Dynamo §6.5; however little that is, it goes on. */
  @Test
  void whileRequestsSufferFewAreHandedOver() {
    background.start();
    for (int i = 0; i < 300; i++) {
      keep(ItemKey.of("carts", "key " + i), STATE, B);
    }
    for (int i = 0; i < 300; i++) {
      background.foreground().began(time.nanos());
      background.foreground().ended(time.nanos(), time.nanos(), true);
      time.pass(10);
    }
    alive(B);
    for (int turn = 1; turn <= 40; turn++) {
      background.foreground().began(time.nanos());
      background.foreground().ended(time.nanos(), time.nanos(), true);
      pass(50, B);
      sentTo(B).forEach(_ -> takes(B, true));
    }

    assertThat(counts.of(Event.HINT_DELIVERED)).as("in two seconds, of 1000").isBetween(40, 90);
    assertThat(background.report().of(Work.HINTS).waited()).isPositive();
  }

  /** Turns that pass while nothing is owed count: the first debt does not wait for the rate. */
  @Test
  void atALowRateTheFirstDebtAfterACalmGoesAtOnce() {
    startAnew(1);
    time.pass(3_000);
    keep(ALICE, STATE, B);
    keep(ItemKey.of("carts", "bob"), STATE, B);
    alive(B);
    time.pass(50);

    assertThat(sentTo(B)).as("one, though three seconds passed").containsExactly(ALICE);
  }

  @Test
  void theOldestGoFirst() {
    for (String name : List.of("young", "old")) {
      time.setWall(name.equals("old") ? 1 : 2);
      keep(ItemKey.of("carts", name), STATE, B);
    }
    alive(B);
    time.pass(50);

    assertThat(sentTo(B)).containsExactly(ItemKey.of("carts", "old"), ItemKey.of("carts", "young"));
  }

  @Test
  void aDiskThatFailsToReadOrToForgetLeavesTheDebt() {
    keep(ALICE, STATE, B);
    alive(B);
    engine.failNext(Fault.WITHOUT_EFFECT);
    time.pass(50);
    assertThat(wire.everSent()).isEmpty();
    pass(1_100, B);
    engine.failNext(Fault.WITHOUT_EFFECT);
    takes(B, true);

    assertThat(ledger.owners()).containsExactly(B);
    pass(2_100, B);
    takes(B, true);
    assertThat(ledger.isEmpty()).isTrue();
  }

  @Test
  void aRecordThatWasLostIsOwedNoMore() {
    keep(ALICE, STATE, B);
    engine.damage(at(ALICE), 9);
    alive(B);
    time.pass(50);

    assertThat(wire.everSent()).isEmpty();
    assertThat(ledger.isEmpty()).isTrue();
    assertThat(counts.of(Event.HINT_DELIVERED)).isZero();
  }

  @Test
  void whatWasOwedBeforeARestartIsHandedOverAfterIt() {
    keep(ALICE, STATE, B);
    ledger = new HintLedger(Long.MAX_VALUE);
    inquiries = new Inquiries(A, wire, time, new Stamps(0), (_, _) -> {});
    replica = replica();
    new HintLoader(engine, time, replica, this::view, List.of(0)).start();
    start(1_000);
    alive(B);
    time.pass(50);

    assertThat(takes(B, true)).isEqualTo(STATE);
    assertThat(ledger.isEmpty()).isTrue();
    assertThat(engine.has(at(ALICE))).isFalse();
  }
}
