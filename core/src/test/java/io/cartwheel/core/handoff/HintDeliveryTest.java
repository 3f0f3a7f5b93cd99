package io.cartwheel.core.handoff;

import static org.assertj.core.api.Assertions.assertThat;

import io.cartwheel.core.bucket.BucketType;
import io.cartwheel.core.coordination.Inquiries;
import io.cartwheel.core.coordination.Surroundings;
import io.cartwheel.core.fixture.Counts;
import io.cartwheel.core.fixture.ScriptedEngine;
import io.cartwheel.core.fixture.ScriptedEngine.Fault;
import io.cartwheel.core.fixture.VirtualTime;
import io.cartwheel.core.fixture.Wire;
import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.item.ItemKey;
import io.cartwheel.core.membership.ClusterView;
import io.cartwheel.core.message.Message;
import io.cartwheel.core.message.Message.Refusal;
import io.cartwheel.core.message.Message.ReplicaPut;
import io.cartwheel.core.port.Observer.Event;
import io.cartwheel.core.port.StorageEngine.Address;
import io.cartwheel.core.replica.DotMint;
import io.cartwheel.core.replica.HintLedger;
import io.cartwheel.core.replica.HintLoader;
import io.cartwheel.core.replica.Replica;
import io.cartwheel.core.ring.MemberId;
import io.cartwheel.core.ring.Ring;
import io.cartwheel.core.version.VersionSet;
import io.cartwheel.core.version.Versions;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Dynamo §4.6: when a member is back, whoever kept writes for it hands them over, and may then
 * delete them. A stands in here for B, C and D.
 */
class HintDeliveryTest {
  private static final MemberId A = new MemberId(1);
  private static final MemberId B = new MemberId(2);
  private static final MemberId C = new MemberId(3);
  private static final MemberId D = new MemberId(4);
  private static final VersionSet STATE =
      Versions.alone(Versions.dot(9, 9), Versions.value("theirs"));
  private static final VersionSet MORE = Versions.alone(Versions.dot(8, 8), Versions.value("more"));
  private static final ItemKey ALICE = ItemKey.of("carts", "alice");

  private final SplittableRandom random = new SplittableRandom(42);
  private final VirtualTime time = new VirtualTime();
  private final Counts counts = new Counts();
  private final ScriptedEngine engine = new ScriptedEngine();
  private final Wire wire = new Wire();
  private List<MemberId> owners = List.of(B, C, D);
  private Inquiries inquiries = new Inquiries(A, wire, time, (_, _) -> {});
  private HintLedger ledger = new HintLedger(Long.MAX_VALUE);
  private Replica replica = replica();

  @BeforeEach
  void started() {
    start(1_000);
  }

  private Replica replica() {
    return new Replica(engine, new DotMint(random::nextLong), ledger, time, counts);
  }

  private void start(int perSecond) {
    var around = new Surroundings(time, time, counts, inquiries);
    new HintDelivery(around, replica, ledger, this::view, perSecond).start();
  }

  /** With an empty ledger, which the delivery that was started before knows nothing of. */
  private void startAnew(int perSecond) {
    ledger = new HintLedger(Long.MAX_VALUE);
    replica = replica();
    start(perSecond);
  }

  private ClusterView view() {
    var types = new TreeMap<Bytes, BucketType>();
    types.put(Bytes.utf8(BucketType.DEFAULT_NAME), BucketType.byDefault());
    return new ClusterView(42, A, new Ring(5, List.of(owners)), types, false);
  }

  private static Address at(ItemKey key) {
    return new Address(0, key);
  }

  private void keep(ItemKey key, VersionSet state, MemberId... owed) {
    replica.merge(at(key), state, List.of(owed), Long.MAX_VALUE, _ -> {});
  }

  private void alive(MemberId... members) {
    for (MemberId member : members) {
      inquiries.connected(member);
    }
  }

  /** Time passes while these members answer whatever else they are asked. */
  private void pass(long millis, MemberId... living) {
    for (long left = millis; left > 0; left -= 50) {
      time.pass(Math.min(left, 50));
      for (MemberId member : living) {
        inquiries.replied(member, new Message.Alive(0, false));
      }
    }
  }

  private List<ItemKey> sentTo(MemberId member) {
    return wire.underWay().stream()
        .filter(sent -> sent.to().equals(member))
        .map(sent -> ((ReplicaPut) sent.request()).key())
        .toList();
  }

  private VersionSet takes(MemberId member, boolean durable) {
    var put = wire.take(member, ReplicaPut.class);
    inquiries.replied(member, new Message.ReplicaStored(put.id(), durable));
    return put.state();
  }

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
  void anOwnerThatRefusesIsLeftAloneForAWhile() {
    keep(ALICE, STATE, B);
    alive(B);
    time.pass(50);
    var put = wire.take(B, ReplicaPut.class);
    inquiries.replied(B, new Message.Refused(put.id(), Refusal.OVERLOADED));
    pass(900, B);
    assertThat(sentTo(B)).isEmpty();
    pass(200, B);

    assertThat(sentTo(B)).containsExactly(ALICE);
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
  void anOwnerThatLivesButDoesNotAnswerIsLeftAloneForAWhileSoThatOthersGetTheirTurn() {
    for (int i = 0; i < 200; i++) {
      keep(ItemKey.of("carts", "for B " + i), STATE, B);
    }
    keep(ALICE, STATE, C);
    alive(B, C);
    pass(5_000, B, C);
    int openThen = inquiries.openCount();
    pass(100, B, C);

    assertThat(openThen).isPositive();
    assertThat(sentTo(C)).containsExactly(ALICE);
    assertThat(ledger.oldest(List.of(B), 1_000, _ -> true)).hasSize(200);
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
  void theOldestGoFirstWhoeverTheyAreOwedTo() {
    startAnew(20);
    time.setWall(2);
    keep(ALICE, STATE, B);
    time.setWall(1);
    keep(ItemKey.of("carts", "old"), STATE, C);
    alive(B, C);
    time.pass(50);
    assertThat(sentTo(B)).isEmpty();
    takes(C, true);
    time.pass(50);

    assertThat(sentTo(B)).containsExactly(ALICE);
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
    time.pass(50);
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
    inquiries = new Inquiries(A, wire, time, (_, _) -> {});
    replica = replica();
    new HintLoader(engine, time, replica, List.of(0)).start();
    start(1_000);
    alive(B);
    time.pass(50);

    assertThat(takes(B, true)).isEqualTo(STATE);
    assertThat(ledger.isEmpty()).isTrue();
    assertThat(engine.has(at(ALICE))).isFalse();
  }
}
