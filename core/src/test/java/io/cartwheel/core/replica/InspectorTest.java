package io.cartwheel.core.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.cartwheel.core.bucket.BucketType;
import io.cartwheel.core.fixture.ScriptedEngine.Fault;
import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.item.ItemKey;
import io.cartwheel.core.membership.ClusterView;
import io.cartwheel.core.message.KeyReport;
import io.cartwheel.core.message.KeyReport.Copy;
import io.cartwheel.core.message.KeyReport.Debt;
import io.cartwheel.core.message.KeyReport.Version;
import io.cartwheel.core.message.Message;
import io.cartwheel.core.message.Message.Refusal;
import io.cartwheel.core.port.Observer.Event;
import io.cartwheel.core.port.StorageEngine.Address;
import io.cartwheel.core.ring.MemberId;
import io.cartwheel.core.ring.Ring;
import io.cartwheel.core.version.Content;
import io.cartwheel.core.version.VersionSet;
import io.cartwheel.core.version.VersionVector;
import io.cartwheel.core.version.Versions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A look at a member's copy of a key: it tells all, and changes nothing. */
class InspectorTest {
  private static final ItemKey KEY = ItemKey.of("carts", "alice");
  private static final MemberId SELF = new MemberId(1);
  private static final MemberId B = new MemberId(2);
  private static final MemberId C = new MemberId(3);
  private static final Content BOOK = Versions.value("book", 77, "");
  private static final Content GONE = Versions.tombstone(88);
  private static final VersionSet STATE =
      Versions.alone(Versions.dot(8, 1), BOOK).merge(Versions.alone(Versions.dot(9, 2), GONE));

  private final ReplicaBench bench = new ReplicaBench();
  private boolean recovering;
  private final Address at = new Address(view().partitionOf(KEY), KEY);

  private Message.Reply inspect() {
    var inspector =
        new Inspector(
            bench.engine, bench.replica(), bench.hints(), this::view, _ -> Optional.empty());
    var replies = new ArrayList<Message.Reply>();
    inspector.inspect(new Message.Inspect(7, KEY, 1_000), replies::add);
    return replies.getFirst();
  }

  /** Two partitions, so that a wrong one would show; this member owns neither. */
  private ClusterView view() {
    var ring = new Ring(5, List.of(List.of(B), List.of(B)));
    return new ClusterView(42, SELF, ring, new TreeMap<Bytes, BucketType>(), recovering);
  }

  private KeyReport report() {
    return ((Message.Inspected) inspect()).report();
  }

  private Copy.Held copy() {
    return (Copy.Held) report().copy();
  }

  @Test
  void whereThereIsNoRecordThereIsNone() {
    assertThat(inspect())
        .isEqualTo(
            new Message.Inspected(7, new KeyReport(false, new Copy.Absent(), Optional.empty())));
  }

  @Test
  void aRecordIsToldWithoutItsValues() {
    bench.keep(at, STATE);

    assertThat(copy())
        .isEqualTo(
            new Copy.Held(
                STATE.hash(),
                STATE.clock(),
                List.of(
                    new Version(
                        Versions.dot(8, 1), false, BOOK.encoded().hash(), 4, 77, Optional.empty()),
                    new Version(
                        Versions.dot(9, 2), true, GONE.encoded().hash(), 0, 88, Optional.empty())),
                0,
                Optional.empty()));
  }

  @Test
  void theEpochOfAWriteThatWasCoordinatedHereIsTold() {
    VersionSet state = bench.put(at, BOOK, VersionVector.EMPTY);

    assertThat(copy().epoch()).contains(state.siblings().getFirst().dot().epoch());
  }

  @Test
  void whatIsKeptForOthersIsToldWithItsAge() {
    bench.keep(at, STATE, B);
    long since = bench.time.wallMillis();
    bench.time.pass(5_000);
    bench.keep(at, STATE, C);

    assertThat(report().debt()).contains(new Debt(List.of(B, C), Optional.of(since)));
  }

  /** The ledger is read after a start, partition by partition; the record says to whom anyway. */
  @Test
  void aDebtIsToldBeforeItsHintWasRead() {
    bench.keep(at, STATE, B);
    bench.restart();

    assertThat(report().debt()).contains(new Debt(List.of(B), Optional.empty()));
  }

  @Test
  void aDamagedRecordIsToldAndLeftAsItIs() {
    bench.keep(at, STATE, B);
    bench.engine.damage(at, 7);
    Bytes damaged = bench.engine.record(at);
    int writes = bench.engine.writes();

    KeyReport report = report();

    assertThat(report.copy()).isEqualTo(new Copy.Damaged());
    assertThat(report.debt().orElseThrow().owners()).containsExactly(B);
    assertThat(bench.engine.record(at)).isEqualTo(damaged);
    assertThat(bench.engine.writes()).isEqualTo(writes);
    assertThat(bench.engine.setAside()).isEmpty();
    assertThat(bench.counts.of(Event.RECORD_QUARANTINED)).isZero();
  }

  @Test
  void aCopyThatLostWritesSaysSo() {
    bench.keep(at, STATE);
    bench.engine.damage(at, 7);
    long mark = bench.read(at).lossMark();

    assertThat(copy().lossMark()).isNotZero().isEqualTo(mark);
    assertThat(copy().clock().isEmpty()).isTrue();
  }

  @Test
  void aRecoveringMemberSaysSo() {
    recovering = true;

    assertThat(report().recovering()).isTrue();
  }

  @Test
  void aDiskThatFailsIsNoEmptyKey() {
    bench.engine.failNext(Fault.WITHOUT_EFFECT);

    assertThat(inspect()).isEqualTo(new Message.Refused(7, Refusal.STORAGE_FAILED));
  }

  @Test
  void aMemberWithTooMuchToDoRefuses() {
    bench.engine.hold();
    for (int i = 0; !bench.replica().isFull(1_000_000_000L); i++) {
      assertThat(i).as("writes until it is full").isLessThan(100_000);
      var other = new Address(at.partition(), ItemKey.of("carts", "c" + i));
      bench
          .replica()
          .merge(other, new Incoming(STATE, List.of(), 0, ReplicaBench.NEVER - 1), _ -> {});
    }
    int reads = bench.engine.reads();

    assertThat(inspect()).isEqualTo(new Message.Refused(7, Refusal.OVERLOADED));
    assertThat(bench.engine.reads()).isEqualTo(reads);
  }
}
