package io.cartwheel.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.item.ItemKey;
import io.cartwheel.core.port.StorageEngine.Address;
import io.cartwheel.core.port.StorageEngine.Entry;
import io.cartwheel.core.port.StorageEngine.ScanResult;
import io.cartwheel.core.port.StorageEngine.Start;
import io.cartwheel.core.port.StorageEngine.WriteResult;
import io.cartwheel.core.replica.StoredRecord;
import io.cartwheel.core.version.Content;
import io.cartwheel.core.version.Dot;
import io.cartwheel.core.version.Epoch;
import io.cartwheel.core.version.Sibling;
import io.cartwheel.core.version.VersionSet;
import io.cartwheel.core.version.VersionVector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SimDiskTest {
  private static final int NODE = 3;
  private static final int DRAWS = 50;
  private static final Address K = at("k");
  private static final Address L = at("l");
  private static final WriteResult WRITTEN = new WriteResult.Written();
  private static final Optional<Bytes> NONE = Optional.empty();
  private static final Optional<Bytes> OWED = Optional.of(Bytes.utf8("owed"));

  private final Violations violations = new Violations();
  private final Ledger ledger = new Ledger(violations);
  private final SimDisk disk = new SimDisk(NODE, ledger);

  @Test
  void aLossOfPowerTakesARecordAndItsHintTogether() {
    var left = new TreeSet<Boolean>();
    for (int seed = 0; seed < DRAWS; seed++) {
      var disk = new SimDisk(NODE, ledger);
      disk.commit(K, record(1), OWED);
      disk.losePower(new SplittableRandom(seed));

      boolean stays = disk.recordAt(K).isPresent();
      assertThat(hints(disk)).hasSize(stays ? 1 : 0);
      left.add(stays);
    }
    assertThat(left).hasSize(2);
  }

  @Test
  void aLossOfPowerLeavesWhatSomeMomentSinceTheSyncHad() {
    var moments = new TreeSet<Integer>();
    for (int seed = 0; seed < DRAWS; seed++) {
      var disk = new SimDisk(NODE, ledger);
      disk.commit(K, record(1), OWED);
      disk.sync();
      var states = new ArrayList<>(List.of(state(disk)));
      disk.write(K, record(2).orElseThrow());
      states.add(state(disk));
      disk.commit(L, record(3), OWED);
      states.add(state(disk));
      disk.commit(K, NONE, NONE);
      states.add(state(disk));
      disk.commit(L, record(3), NONE);
      states.add(state(disk));
      disk.losePower(new SplittableRandom(seed));

      assertThat(states).contains(state(disk));
      moments.add(states.indexOf(state(disk)));
    }
    assertThat(moments).hasSize(5);
  }

  @Test
  void aRecordThatWasRemovedIsNobodysLoss() {
    disk.commit(K, record(1), OWED);
    disk.commit(K, NONE, NONE);

    assertThat(ledger.wasEverLost(id(1))).isFalse();
    assertThat(ledger.excused(id(1))).isFalse();
  }

  @Test
  void whoeverRemovedARecordIsNotWaitedForWhenAllOthersLoseIt() {
    var owner = new SimDisk(NODE + 1, ledger);
    disk.commit(K, record(1), OWED);
    owner.write(K, record(1).orElseThrow());
    disk.commit(K, NONE, NONE);
    assertThat(ledger.excused(id(1))).isFalse();
    assertThat(owner.damage(new SplittableRandom(1))).isTrue();

    assertThat(ledger.excused(id(1))).isTrue();
  }

  @Test
  void aRemovalThatALossOfPowerTakesBackLeavesTheRecordStored() {
    disk.commit(K, record(1), OWED);
    disk.sync();
    damageAndRefill();
    disk.commit(K, NONE, NONE);
    losePowerOfAll();

    assertThat(disk.recordAt(K)).isEqualTo(record(1));
    assertThat(hints(disk)).hasSize(1);
    assertThat(ledger.excused(id(1))).isFalse();
  }

  @Test
  void aCommitThatALossOfPowerTakesBackIsALossOfItsRecord() {
    disk.commit(K, record(1), OWED);
    losePowerOfAll();

    assertThat(ledger.excused(id(1))).isTrue();
  }

  @Test
  void anOlderRecordThatALossOfPowerBringsBackIsStored() {
    disk.write(K, record(1).orElseThrow());
    disk.sync();
    disk.write(K, record(1).orElseThrow());
    assertThat(disk.damage(new SplittableRandom(1))).isTrue();
    assertThat(ledger.excused(id(1))).isTrue();
    losePowerOfAll();

    assertThat(disk.recordAt(K)).isEqualTo(record(1));
    assertThat(ledger.excused(id(1))).isFalse();
  }

  @Test
  void damageLeavesTheHint() {
    disk.commit(K, record(1), OWED);
    disk.commit(L, NONE, OWED);
    assertThat(disk.damage(new SplittableRandom(1))).isTrue();

    assertThat(disk.recordAt(K)).isPresent().isNotEqualTo(record(1));
    assertThat(disk.recordAt(L)).isEmpty();
    assertThat(hints(disk)).hasSize(2);
  }

  @Test
  void aFullDiskTakesRemovalsOnlyAndIsRead() {
    disk.commit(K, record(1), OWED);
    disk.commit(L, record(2), OWED);
    disk.full(true);

    assertThat(disk.write(K, record(3).orElseThrow())).isInstanceOf(WriteResult.Failed.class);
    assertThat(disk.commit(K, record(1), NONE)).isInstanceOf(WriteResult.Failed.class);
    assertThat(disk.commit(K, NONE, OWED)).isInstanceOf(WriteResult.Failed.class);
    assertThat(disk.recordAt(K)).isEqualTo(record(1));
    assertThat(hints(disk)).hasSize(2);
    assertThat(disk.commit(K, NONE, NONE)).isEqualTo(WRITTEN);
    assertThat(disk.recordAt(K)).isEmpty();
    assertThat(hints(disk)).hasSize(1);

    disk.full(false);
    assertThat(disk.write(K, record(3).orElseThrow())).isEqualTo(WRITTEN);
    assertThat(disk.recordAt(K)).isEqualTo(record(3));
  }

  @Test
  void whatAFullDiskRefusedIsNeitherStoredNorLost() {
    var owner = new SimDisk(NODE + 1, ledger);
    owner.write(K, record(1).orElseThrow());
    disk.full(true);
    disk.commit(K, record(1), OWED);
    losePowerOfAll();
    assertThat(ledger.wasEverLost(id(1))).isFalse();
    assertThat(owner.damage(new SplittableRandom(1))).isTrue();

    assertThat(ledger.excused(id(1))).isTrue();
  }

  @Test
  void anOldDiskHasWhatItHadAndNothingSince() {
    disk.commit(K, record(1), OWED);
    SimDisk.Snapshot old = disk.snapshot();
    List<Object> then = state(disk);
    disk.commit(K, record(2), NONE);
    disk.commit(L, record(3), OWED);
    disk.commit(at("m"), NONE, OWED);
    disk.restore(old);

    assertThat(state(disk)).isEqualTo(then);
    assertThat(hints(disk)).containsExactly(new Entry(K.key(), OWED.orElseThrow()));
  }

  @Test
  void whatAnOldDiskLacksIsLostAndWhatItHasIsStored() {
    disk.write(K, record(1).orElseThrow());
    SimDisk.Snapshot old = disk.snapshot();
    disk.write(K, record(2).orElseThrow());
    disk.write(L, record(3).orElseThrow());
    disk.restore(old);

    assertThat(ledger.excused(id(1))).isFalse();
    assertThat(ledger.excused(id(2))).isTrue();
    assertThat(ledger.excused(id(3))).isTrue();
  }

  @Test
  void anOldDiskBringsBackWhatWasRemovedSince() {
    disk.commit(K, record(1), OWED);
    SimDisk.Snapshot old = disk.snapshot();
    disk.commit(K, NONE, NONE);
    disk.restore(old);

    assertThat(disk.recordAt(K)).isEqualTo(record(1));
    assertThat(ledger.wasEverLost(id(1))).isFalse();
    assertThat(ledger.excused(id(1))).isFalse();
  }

  @Test
  void aLossOfPowerTakesNothingFromAnOldDisk() {
    disk.commit(K, record(1), OWED);
    disk.sync();
    disk.commit(K, record(2), NONE);
    SimDisk.Snapshot old = disk.snapshot();
    disk.restore(old);
    losePowerOfAll();

    assertThat(disk.recordAt(K)).isEqualTo(record(2));
    assertThat(hints(disk)).isEmpty();
  }

  @Test
  void aSnapshotStaysAsItWas() {
    SimDisk.Snapshot empty = disk.snapshot();
    disk.commit(K, record(1), OWED);
    disk.restore(empty);
    disk.commit(L, record(2), OWED);
    disk.restore(empty);

    assertThat(state(disk)).isEqualTo(state(new SimDisk(NODE, ledger)));
  }

  /** Afterwards the ledger has the record of K as lost and stored again. */
  private void damageAndRefill() {
    assertThat(disk.damage(new SplittableRandom(1))).isTrue();
    disk.write(K, record(1).orElseThrow());
    disk.sync();
  }

  /** Takes back all that is not synced: with a seed whose first draw is 0 among a few. */
  private void losePowerOfAll() {
    long seed =
        LongStream.range(0, 1000)
            .filter(
                s -> IntStream.range(2, 5).allMatch(n -> new SplittableRandom(s).nextInt(n) == 0))
            .findFirst()
            .orElseThrow();
    disk.losePower(new SplittableRandom(seed));
  }

  private static List<Object> state(SimDisk disk) {
    return List.of(disk.recordAt(K), disk.recordAt(L), hints(disk));
  }

  private static List<Entry> hints(SimDisk disk) {
    var results = new ArrayList<ScanResult>();
    disk.scanHints(K.partition(), Start.FIRST, 100, results::add);
    return ((ScanResult.Batch) results.getFirst()).entries();
  }

  private static Address at(String key) {
    return new Address(7, ItemKey.of("b", key));
  }

  private static Bytes id(int write) {
    return Bytes.utf8("write " + write);
  }

  /** A record with this one write. */
  private static Optional<Bytes> record(int write) {
    var dot = new Dot(new Epoch(write, 1), 1);
    var sibling = new Sibling(dot, Content.tombstone(0, id(write)));
    VersionSet state = VersionSet.EMPTY.update(VersionVector.EMPTY, sibling);
    return Optional.of(new StoredRecord(state, Optional.empty(), 0, List.of()).encode());
  }
}
