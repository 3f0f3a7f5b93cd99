package io.cartwheel.core.handoff;

import static org.assertj.core.api.Assertions.assertThat;

import io.cartwheel.core.fixture.ScriptedEngine.Fault;
import io.cartwheel.core.item.ItemKey;
import io.cartwheel.core.message.Message;
import io.cartwheel.core.message.Message.Refusal;
import io.cartwheel.core.message.Message.ReplicaPut;
import io.cartwheel.core.port.Observer.Event;
import io.cartwheel.core.ring.MemberId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Debts that can't be handed over stand in no other debt's way, and no owner in another's. */
class HintSetbacksTest extends HandoffBench {
  private static final ItemKey POISON = ItemKey.of("carts", "poison");

  private void keepMany(int count, MemberId owner) {
    for (int i = 0; i < count; i++) {
      keep(ItemKey.of("carts", "for " + owner.value() + " " + i), STATE, owner);
    }
  }

  /** Time passes while B answers all that it is sent, some keys with a refusal. */
  private void serve(long millis, Predicate<ItemKey> refused) {
    for (long left = millis; left > 0; left -= 50) {
      pass(50, B);
      for (ItemKey key : sentTo(B)) {
        if (refused.test(key)) {
          refuses(B, Refusal.STORAGE_FAILED);
        } else {
          takes(B, true);
        }
      }
    }
  }

  private long timesSent(ItemKey key) {
    return wire.everSent().stream()
        .filter(sent -> sent.request() instanceof ReplicaPut put && put.key().equals(key))
        .count();
  }

  @Test
  void oneThatIsAlwaysRefusedDoesNotStarveTheYoungerAtALowRate() {
    startAnew(1);
    keep(POISON, STATE, B);
    keep(ALICE, STATE, B);
    alive(B);
    serve(5_000, POISON::equals);

    assertThat(engine.has(at(ALICE))).isFalse();
    assertThat(engine.has(at(POISON))).isTrue();
  }

  @Test
  void asManyThatAreAlwaysRefusedAsATurnTakesDoNotStarveTheYounger() {
    List<ItemKey> poison = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      poison.add(ItemKey.of("carts", "poison " + i));
      keep(poison.getLast(), STATE, B);
    }
    keepMany(100, B);
    alive(B);
    serve(10_000, poison::contains);

    assertThat(counts.of(Event.HINT_DELIVERED)).isEqualTo(100);
  }

  @Test
  void whatIsRefusedIsTriedAgainAfterTwiceAsLongEachTimeButNeverAfterLongerThanSo() {
    keep(POISON, STATE, B);
    alive(B);
    for (int seconds : List.of(1, 2, 4, 8, 8, 8)) {
      long before = timesSent(POISON);
      serve(50, POISON::equals);
      assertThat(timesSent(POISON)).isEqualTo(before + 1);
      serve(seconds * 1_000L - 50, POISON::equals);
      assertThat(timesSent(POISON)).as("within %d s", seconds).isEqualTo(before + 1);
    }
  }

  @Test
  void aDiskThatFailsToForgetIsNotAskedToTwentyTimesASecond() {
    keep(ALICE, STATE, B);
    alive(B);
    for (int turn = 0; turn < 200; turn++) {
      pass(50, B);
      if (!sentTo(B).isEmpty()) {
        engine.failNext(Fault.WITHOUT_EFFECT);
        takes(B, true);
      }
    }
    assertThat(timesSent(ALICE)).as("in ten seconds").isLessThan(6);
    serve(10_000, _ -> false);

    assertThat(ledger.isEmpty()).isTrue();
  }

  @Test
  void anOwnerThatLivesButDoesNotAnswerTakesNoOtherOwnersPlace() {
    startAnew(20);
    keepMany(100, B);
    keepMany(20, C);
    alive(B, C);
    for (int turn = 0; turn < 50; turn++) {
      pass(50, B, C);
      sentTo(C).forEach(_ -> takes(C, true));
    }

    assertThat(counts.of(Event.HINT_DELIVERED)).as("in two and a half seconds").isEqualTo(20);
    assertThat(sentTo(B)).isNotEmpty();
  }

  @Test
  void whatATurnTakesIsSharedFairly() {
    keepMany(100, B);
    keepMany(100, C);
    keepMany(10, D);
    alive(B, C, D);
    time.pass(50);

    assertThat(sentTo(B)).hasSize(20);
    assertThat(sentTo(C)).hasSize(20);
    assertThat(sentTo(D)).hasSize(10);
  }

  @Test
  void ownersTakeTurnsWhereATurnTakesOne() {
    startAnew(20);
    keepMany(10, B);
    keepMany(10, C);
    keepMany(10, D);
    alive(B, C, D);
    for (int turn = 0; turn < 6; turn++) {
      pass(50, B, C, D);
      List.of(B, C, D).forEach(owner -> sentTo(owner).forEach(_ -> takes(owner, true)));
    }

    assertThat(ledger.debts().values()).extracting(debt -> debt.count()).containsOnly(8);
  }

  @Test
  void anOwnerThatRefusesAllIsSentLessAndLessAtOnceAndMoreOnceItTakesSome() {
    keepMany(1_000, B);
    alive(B);
    serve(50, _ -> true);
    int sent = wire.everSent().size();
    serve(50, _ -> true);
    assertThat(wire.everSent()).hasSize(sent + 1);
    serve(500, _ -> false);

    assertThat(counts.of(Event.HINT_DELIVERED)).isGreaterThan(150);
  }

  @Test
  void aDebtWhoseOwnerBreaksOffIsTriedAgainWhenItIsBack() {
    keep(ALICE, STATE, B);
    alive(B);
    time.pass(50);
    inquiries.lost(B);
    time.pass(2_000);
    assertThat(wire.everSent()).hasSize(1);
    alive(B);
    time.pass(50);

    assertThat(wire.everSent()).hasSize(2);
  }

  @Test
  void anAnswerThatComesTooLateLeavesTheDebtForTheNextTry() {
    keep(ALICE, STATE, B);
    alive(B);
    time.pass(50);
    var late = wire.take(B, ReplicaPut.class);
    pass(5_050, B);
    inquiries.replied(B, new Message.ReplicaStored(late.id(), true));

    assertThat(ledger.owners()).containsExactly(B);
    serve(1_000, _ -> false);
    assertThat(ledger.isEmpty()).isTrue();
  }

  @Test
  void onlyDebtsThatFailedAreRememberedAndOnlyWhileTheyStand() {
    HintDelivery delivery = startAnew(1_000);
    keepMany(50, B);
    keep(POISON, STATE, B);
    alive(B);
    serve(100, key -> !key.equals(ALICE));
    assertThat(delivery.setbackCount()).isEqualTo(51);
    serve(5_000, POISON::equals);
    assertThat(delivery.setbackCount()).isEqualTo(1);
    serve(20_000, _ -> false);

    assertThat(ledger.isEmpty()).isTrue();
    assertThat(delivery.setbackCount()).isZero();
  }

  /** The disk may take its time to forget: by then the delivery counts as failed. */
  @Test
  void aDebtThatIsStruckOffLateLeavesNothingBehind() {
    HintDelivery delivery = startAnew(1_000);
    keep(ALICE, STATE, B);
    alive(B);
    time.pass(50);
    engine.hold();
    takes(B, true);
    pass(6_000, B);
    assertThat(delivery.setbackCount()).isEqualTo(1);
    engine.release();

    assertThat(ledger.isEmpty()).isTrue();
    assertThat(delivery.setbackCount()).isZero();
  }

  /** An administrator who drains the hints does not want to hear that they are put off. */
  @Test
  void whoHurriesPutsNothingOff() {
    HintDelivery delivery = startAnew(1_000);
    keep(ALICE, STATE, B);
    alive(B);
    serve(7_500, _ -> true);
    delivery.hurry();
    serve(50, _ -> false);

    assertThat(ledger.isEmpty()).isTrue();
  }
}
