package io.cartwheel.core.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.cartwheel.core.bucket.BucketType;
import io.cartwheel.core.fixture.Counts;
import io.cartwheel.core.fixture.ScriptedEngine;
import io.cartwheel.core.fixture.ScriptedEngine.Fault;
import io.cartwheel.core.fixture.VirtualTime;
import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.item.ItemKey;
import io.cartwheel.core.item.MalformedException;
import io.cartwheel.core.membership.ClusterView;
import io.cartwheel.core.membership.Stamps;
import io.cartwheel.core.port.Observer.Event;
import io.cartwheel.core.port.StorageEngine.Address;
import io.cartwheel.core.ring.MemberId;
import io.cartwheel.core.ring.Ring;
import io.cartwheel.core.version.VersionSet;
import io.cartwheel.core.version.Versions;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Hints survive restarts: the ledger is read again from the engine. */
class HintLoaderTest {
  private static final MemberId A = new MemberId(1);
  private static final MemberId B = new MemberId(2);
  private static final MemberId C = new MemberId(3);

  private static final VersionSet STATE = Versions.alone(Versions.dot(9, 9), Versions.value("v"));

  private final ScriptedEngine engine = new ScriptedEngine();
  private final VirtualTime time = new VirtualTime();
  private final Counts counts = new Counts();
  private final HintLedger ledger = new HintLedger(0);
  private List<MemberId> owners = List.of(B, C);
  private final SplittableRandom random = new SplittableRandom(42);
  private final Replica replica =
      new Replica(engine, new DotMint(random::nextLong), ledger, new Stamps(0), time, counts);

  private static Address at(int partition, int key) {
    return new Address(partition, ItemKey.of("carts", "%05d".formatted(key)));
  }

  private void plant(Address address, long sinceMillis, MemberId... owners) {
    engine.plantHint(address, new Hint(sinceMillis, 10, List.of(owners)).encode());
  }

  private List<Address> owedToB() {
    return Stream.generate(() -> ledger.next(B, _ -> true))
        .limit(ledger.count())
        .flatMap(Optional::stream)
        .map(HintLedger.Due::address)
        .toList();
  }

  /** The loader of A, which owns nothing; B and C own all. */
  private HintLoader loader(Integer... partitions) {
    return new HintLoader(engine, time, replica, this::view, List.of(partitions));
  }

  private ClusterView view() {
    var types = new TreeMap<Bytes, BucketType>();
    types.put(Bytes.utf8(BucketType.DEFAULT_NAME), BucketType.byDefault());
    return new ClusterView(42, A, new Ring(5, List.of(owners)), types, false);
  }

  private void load(Integer... partitions) {
    loader(partitions).start();
    time.pass(0);
  }

  @Test
  void whatWasOwedBeforeIsOwedAgainAndAsOldAsItWas() {
    plant(at(0, 1), 7, B);
    plant(at(2, 2), 5, B, C);
    load(0, 1, 2);

    assertThat(owedToB()).containsExactly(at(2, 2), at(0, 1));
    assertThat(ledger.debts().get(C)).isEqualTo(new HintLedger.Debt(1, 10, 5));
    assertThat(counts.of(Event.HINT_SURVIVED)).isEqualTo(2);
    assertThat(time.timersPending()).isZero();
  }

  /** The quota bounds what is taken; what is there is there. */
  @Test
  void aLedgerThatIsFullLearnsOfAllHints() {
    plant(at(0, 1), 7, B);
    load(0);

    assertThat(ledger.count()).isEqualTo(1);
    assertThat(ledger.hasRoomFor(1)).isFalse();
  }

  @Test
  void anotherShardsPartitionsAreLeftToIt() {
    plant(at(0, 1), 7, B);
    plant(at(1, 1), 7, B);
    load(1);

    assertThat(owedToB()).containsExactly(at(1, 1));
  }

  @Test
  void manyHintsAreReadInBatchesWithRoomForRequestsBetween() {
    for (int i = 0; i < 1_200; i++) {
      plant(at(0, i), i, B);
    }
    loader(0).start();
    assertThat(ledger.count()).as("after the first batch").isEqualTo(500);
    time.pass(0);

    assertThat(ledger.count()).isEqualTo(1_200);
    assertThat(time.timersPending()).isZero();
  }

  @Test
  void aPartitionThatFillsItsBatchesExactlyEnds() {
    for (int i = 0; i < 1_000; i++) {
      plant(at(0, i), i, B);
    }
    load(0);

    assertThat(ledger.count()).isEqualTo(1_000);
    assertThat(time.timersPending()).isZero();
  }

  @Test
  void whatWasWrittenSinceTheStartIsNewerThanWhatTheScanShows() {
    plant(at(0, 1), 7, B);
    Hint newer = new Hint(9, 20, List.of(C));
    ledger.note(at(0, 1), Optional.of(newer));
    load(0);

    assertThat(ledger.owners()).containsExactly(C);
  }

  @Test
  void aDiskThatFailsIsAskedAgain() {
    plant(at(0, 1), 7, B);
    engine.failNext(Fault.WITHOUT_EFFECT);
    load(0);
    assertThat(ledger.isEmpty()).isTrue();
    time.pass(1_000);

    assertThat(ledger.owners()).containsExactly(B);
  }

  @Test
  void aPartitionThatCantBeReadHoldsUpNoOther() {
    plant(at(0, 1), 7, B);
    plant(at(1, 1), 6, B);
    plant(at(2, 1), 5, B);
    engine.hold();
    load(0, 1, 2);
    for (int tries = 0; tries < 3; tries++) {
      engine.answer(0, Fault.WITHOUT_EFFECT);
      time.pass(0);
      while (engine.callsHeld() > 0) {
        engine.answer(0, Fault.NONE);
        time.pass(0);
      }
      assertThat(owedToB()).containsExactly(at(2, 1), at(1, 1));
      time.pass(1_000);
    }
    engine.release();
    time.pass(0);

    assertThat(owedToB()).contains(at(0, 1)).hasSize(3);
    assertThat(time.timersPending()).isZero();
  }

  @Test
  void aPartitionThatCantBeReadToItsEndIsReadOnFromThere() {
    for (int i = 0; i < 600; i++) {
      plant(at(0, i), i, B);
    }
    plant(at(1, 1), 1, C);
    engine.hold();
    load(0, 1);
    engine.answer(0, Fault.NONE);
    time.pass(0);
    engine.answer(0, Fault.WITHOUT_EFFECT);
    time.pass(0);
    engine.release();
    assertThat(ledger.count()).isEqualTo(501);
    assertThat(ledger.owners()).containsExactly(B, C);
    time.pass(1_000);

    assertThat(ledger.count()).isEqualTo(601);
    assertThat(counts.of(Event.HINT_SURVIVED)).isEqualTo(601);
  }

  @Test
  void aDamagedHintIsCountedAndTheOthersAreRead() {
    engine.plantHint(at(0, 1), Bytes.utf8("damaged"));
    plant(at(0, 2), 7, B);
    load(0);

    assertThat(owedToB()).containsExactly(at(0, 2));
    assertThat(counts.of(Event.STORAGE_FAILED)).isEqualTo(1);
    assertThat(engine.hint(at(0, 1))).as("the damaged one").isEqualTo(Bytes.EMPTY);
    assertThat(engine.has(at(0, 1))).isFalse();
  }

  /** The record says itself to whom it is owed. */
  @Test
  void aDamagedHintIsMadeAnewFromItsRecord() throws MalformedException {
    StoredRecord record = StoredRecord.NOTHING.with(STATE).owing(List.of(B, C));
    engine.plant(at(0, 1), record.encode());
    engine.plantHint(at(0, 1), Bytes.utf8("damaged"));
    time.setWall(12);
    load(0);

    var anew = new Hint(12, record.encode().length(), List.of(B, C));
    assertThat(owedToB()).containsExactly(at(0, 1));
    assertThat(Hint.decode(engine.hint(at(0, 1)))).isEqualTo(anew);
    assertThat(engine.record(at(0, 1))).isEqualTo(record.encode());
    assertThat(counts.of(Event.HINT_SURVIVED)).isEqualTo(1);
  }

  @Test
  void aDamagedHintOfARecordThatIsOwedToNobodyGoes() {
    StoredRecord record = StoredRecord.NOTHING.with(STATE);
    engine.plant(at(0, 1), record.encode());
    engine.plantHint(at(0, 1), Bytes.utf8("damaged"));
    load(0);

    assertThat(ledger.isEmpty()).isTrue();
    assertThat(engine.hint(at(0, 1)).isEmpty()).isTrue();
    assertThat(engine.record(at(0, 1))).isEqualTo(record.encode());
    assertThat(counts.of(Event.HINT_SURVIVED)).isZero();
  }

  @Test
  void aDamagedHintWhoseRecordCantBeReadIsMadeAnewLater() throws MalformedException {
    engine.plant(at(0, 1), StoredRecord.NOTHING.with(STATE).owing(List.of(B)).encode());
    engine.plantHint(at(0, 1), Bytes.utf8("damaged"));
    engine.hold();
    loader(0).start();
    engine.answer(0, Fault.NONE);
    for (int tries = 0; tries < 3; tries++) {
      assertThat(engine.callsHeld()).isEqualTo(1);
      engine.answer(0, Fault.WITHOUT_EFFECT);
      assertThat(ledger.isEmpty()).isTrue();
      assertThat(engine.hint(at(0, 1))).isEqualTo(Bytes.utf8("damaged"));
      time.pass(1_000);
    }
    engine.release();

    assertThat(owedToB()).containsExactly(at(0, 1));
    assertThat(Hint.decode(engine.hint(at(0, 1))).owed()).containsExactly(B);
    assertThat(time.timersPending()).isZero();
  }

  /** Neither tells any more to whom it was owed: nothing is left to hand over, or to read. */
  @Test
  void aDamagedHintOfADamagedRecordGoesWithItFromWhoeverIsNoOwner() {
    engine.plant(at(0, 1), StoredRecord.NOTHING.with(STATE).owing(List.of(B)).encode());
    engine.damage(at(0, 1), 9);
    engine.plantHint(at(0, 1), Bytes.utf8("damaged"));
    load(0);

    assertThat(engine.setAside()).hasSize(1);
    assertThat(engine.has(at(0, 1))).isFalse();
    assertThat(engine.hint(at(0, 1))).isEqualTo(Bytes.EMPTY);
    assertThat(ledger.isEmpty()).isTrue();
  }

  /** The owner must know that it lost something, until the others have made it good. */
  @Test
  void anOwnerKeepsTheMarkOfItsDamagedRecord() throws MalformedException {
    owners = List.of(A, B, C);
    engine.plant(at(0, 1), StoredRecord.NOTHING.with(STATE).owing(List.of(B)).encode());
    engine.damage(at(0, 1), 9);
    engine.plantHint(at(0, 1), Bytes.utf8("damaged"));
    load(0);

    assertThat(StoredRecord.decode(engine.record(at(0, 1))).isRecovering()).isTrue();
    assertThat(engine.hint(at(0, 1))).isEqualTo(Bytes.EMPTY);
  }

  @Test
  void whatIsLeftOfARecordIsHeldOnToByWhoeverIsNoOwnerToo() throws MalformedException {
    StoredRecord record = new StoredRecord(STATE, Optional.empty(), 7, List.of());
    engine.plant(at(0, 1), record.encode());
    engine.plantHint(at(0, 1), Bytes.utf8("damaged"));
    load(0);

    assertThat(StoredRecord.decode(engine.record(at(0, 1)))).isEqualTo(record);
  }
}
