package io.cartwheel.core.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.cartwheel.core.item.ItemKey;
import io.cartwheel.core.port.StorageEngine.Address;
import io.cartwheel.core.replica.HintLedger.Debt;
import io.cartwheel.core.replica.HintLedger.Due;
import io.cartwheel.core.ring.MemberId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HintLedgerTest {
  private static final MemberId B = new MemberId(2);
  private static final MemberId C = new MemberId(3);
  private static final Address ALICE = at("alice");
  private static final Address BOB = at("bob");
  private static final Address CAROL = at("carol");

  private final HintLedger ledger = new HintLedger(100);

  private static Address at(String key) {
    return new Address(0, ItemKey.of("carts", key));
  }

  private void owe(Address address, int bytes, long nowMillis, MemberId... owners) {
    Hint hint = ledger.next(address, bytes, List.of(owners), nowMillis);
    ledger.note(address, Optional.of(hint));
  }

  private List<Address> oldest(MemberId owner) {
    return next(owner, ledger.count(), _ -> true);
  }

  private List<Address> next(MemberId owner, int count, Predicate<Due> filter) {
    return Stream.generate(() -> ledger.next(owner, filter))
        .limit(count)
        .flatMap(Optional::stream)
        .map(Due::address)
        .toList();
  }

  @Test
  void anEmptyLedgerOwesNobody() {
    assertThat(ledger.isEmpty()).isTrue();
    assertThat(ledger.debts()).isEmpty();
    assertThat(oldest(B)).isEmpty();
  }

  @Test
  void eachOwnerIsOwedItsKeysOldestFirst() {
    owe(BOB, 10, 7, B);
    owe(ALICE, 20, 5, B, C);
    owe(CAROL, 30, 6, B);

    assertThat(oldest(B)).containsExactly(ALICE, CAROL, BOB);
    assertThat(next(C, 1, _ -> true)).containsExactly(ALICE);
    assertThat(next(B, 2, due -> !due.address().equals(ALICE))).containsExactly(CAROL, BOB);
    assertThat(next(B, 1, _ -> false)).isEmpty();
    assertThat(ledger.debts()).isEqualTo(Map.of(B, new Debt(3, 60, 5), C, new Debt(1, 20, 5)));
  }

  /** So that what can't be handed over is passed by, and comes up again at last. */
  @Test
  void theNextComesAfterTheOneBeforeAndTheOldestAfterTheYoungest() {
    owe(ALICE, 10, 5, B);
    owe(BOB, 10, 6, B);
    assertThat(next(B, 1, _ -> true)).containsExactly(ALICE);
    owe(CAROL, 10, 7, B);
    owe(ALICE, 20, 5, B);

    assertThat(next(B, 4, _ -> true)).containsExactly(BOB, CAROL, ALICE, BOB);
    ledger.note(BOB, Optional.empty());
    assertThat(next(B, 2, _ -> true)).containsExactly(CAROL, ALICE);
  }

  /** Nothing waits while it looks. */
  @Test
  void itLooksAtAThousandAtOnceAndGoesOnThereTheNextTime() {
    for (int i = 0; i < 1_500; i++) {
      owe(at("key " + i), 0, i, B);
    }
    Address far = at("key 1200");

    assertThat(ledger.next(B, due -> due.address().equals(far))).isEmpty();
    assertThat(ledger.next(B, due -> due.address().equals(far))).contains(new Due(far, B));
  }

  @Test
  void aDebtStandsUntilItsOwnerIsStruckOff() {
    owe(ALICE, 10, 5, B, C);
    owe(ALICE, 10, 8, C);

    assertThat(ledger.owes(new Due(ALICE, B))).isFalse();
    assertThat(ledger.owes(new Due(ALICE, C))).isTrue();
    assertThat(ledger.owes(new Due(BOB, C))).isFalse();
  }

  @Test
  void keysOfOneAgeComeAsTheyCame() {
    owe(CAROL, 1, 5, B);
    owe(ALICE, 1, 5, B);
    owe(BOB, 1, 5, B);

    assertThat(oldest(B)).containsExactly(CAROL, ALICE, BOB);
  }

  /** Otherwise a key that is written all the time would never be handed over. */
  @Test
  void aKeyThatIsWrittenAgainIsAsOldAsItWas() {
    owe(ALICE, 10, 5, B);
    owe(BOB, 10, 6, B);
    owe(ALICE, 20, 9, B, C);

    assertThat(oldest(B)).containsExactly(ALICE, BOB);
    assertThat(ledger.debts().get(C)).isEqualTo(new Debt(1, 20, 5));
    assertThat(ledger.count()).isEqualTo(2);
    assertThat(ledger.bytes()).isEqualTo(30);
  }

  @Test
  void theQuotaCountsEachRecordOnceHoweverManyOwnersItIsOwedTo() {
    owe(ALICE, 60, 5, B, C);

    assertThat(ledger.bytes()).isEqualTo(60);
    assertThat(ledger.hasRoomFor(40)).isTrue();
    assertThat(ledger.hasRoomFor(41)).isFalse();
  }

  @Test
  void anOwnerThatIsStruckOffIsOwedNoMoreButTheOthersAre() {
    owe(ALICE, 10, 5, B, C);
    owe(ALICE, 10, 8, C);

    assertThat(ledger.owners()).containsExactly(C);
    assertThat(ledger.debts()).isEqualTo(Map.of(C, new Debt(1, 10, 5)));
    assertThat(ledger.bytes()).isEqualTo(10);
  }

  @Test
  void aKeyOwedToNobodyLeavesNothingBehind() {
    owe(ALICE, 10, 5, B, C);
    ledger.note(ALICE, Optional.empty());
    ledger.note(BOB, Optional.empty());

    assertThat(ledger.isEmpty()).isTrue();
    assertThat(ledger.knows(ALICE)).isFalse();
    assertThat(ledger.owners()).isEmpty();
    assertThat(ledger.bytes()).isZero();
  }

  @Test
  void aDebtThatArisesAnewIsNew() {
    owe(ALICE, 10, 5, B);
    ledger.note(ALICE, Optional.empty());
    owe(ALICE, 10, 9, B);

    assertThat(ledger.debts()).isEqualTo(Map.of(B, new Debt(1, 10, 9)));
  }
}
