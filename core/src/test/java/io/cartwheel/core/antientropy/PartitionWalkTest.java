package io.cartwheel.core.antientropy;

import static org.assertj.core.api.Assertions.assertThat;

import io.cartwheel.core.bucket.BucketType;
import io.cartwheel.core.fixture.Counts;
import io.cartwheel.core.fixture.Drawn;
import io.cartwheel.core.fixture.VirtualTime;
import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.item.Hash128;
import io.cartwheel.core.item.ItemKey;
import io.cartwheel.core.item.MalformedException;
import io.cartwheel.core.membership.ClusterView;
import io.cartwheel.core.membership.Stamps;
import io.cartwheel.core.merkle.MerkleTree;
import io.cartwheel.core.merkle.TreeId;
import io.cartwheel.core.port.StorageEngine;
import io.cartwheel.core.port.StorageEngine.Address;
import io.cartwheel.core.replica.DotMint;
import io.cartwheel.core.replica.HintLedger;
import io.cartwheel.core.replica.Incoming;
import io.cartwheel.core.replica.Replica;
import io.cartwheel.core.replica.StoredRecord;
import io.cartwheel.core.ring.MemberId;
import io.cartwheel.core.ring.Ring;
import io.cartwheel.core.version.VersionSet;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Walks beside writes whose every step comes in an order that is drawn. */
class PartitionWalkTest {
  private static final MemberId SELF = new MemberId(1);
  private static final int KEYS = 700;

  private final VirtualTime time = new VirtualTime();
  private final Map<ItemKey, VersionSet> truth = new LinkedHashMap<>();
  private final List<ItemKey> lost = new ArrayList<>();

  @Test
  void theTreesAreThoseOfTheRecordsWhateverIsWrittenMeanwhile() {
    for (int seed = 1; seed <= 40; seed++) {
      var random = new SplittableRandom(seed);
      var disk = new StepwiseDisk();
      var bench = new Bench(disk);
      bench.fill(random);
      bench.walk();
      while (bench.made.isEmpty()) {
        if (random.nextInt(3) == 0) {
          bench.write(random);
        }
        disk.step(random);
      }
      disk.finish();

      assertThat(bench.root()).as("seed %d", seed).isEqualTo(bench.rootOfRecords());
    }
  }

  @Test
  void aTreeHearsOfAWriteOnceTheEngineHoldsIt() {
    var random = new SplittableRandom(1);
    var disk = new StepwiseDisk();
    var bench = new Bench(disk);
    bench.walk();
    disk.finish();
    var before = bench.root();

    bench.write(random);
    assertThat(bench.root()).isEqualTo(before);
    disk.finish();
    assertThat(bench.root()).isNotEqualTo(before).isEqualTo(bench.rootOfRecords());
  }

  @Test
  void aWriteWhoseOutcomeIsNotKnownPutsTheTreesInDoubtUntilTheyAreMadeAnew() {
    var disk = new StepwiseDisk();
    var bench = new Bench(disk);
    bench.walk();
    disk.finish();
    disk.failNextWrite();
    bench.write(new SplittableRandom(1));
    disk.finish();

    assertThat(bench.trees.find(new TreeId(0, 1))).isEmpty();
    assertThat(bench.doubted).containsExactly(0);
    bench.walk();
    disk.finish();
    assertThat(bench.root()).isEqualTo(bench.rootOfRecords());
  }

  @Test
  void aDamagedRecordComesToLightAndTheWalkIsMadeAgain() {
    var disk = new StepwiseDisk();
    var bench = new Bench(disk);
    bench.fill(new SplittableRandom(2));
    ItemKey damaged = key(5);
    disk.records.put(damaged, Bytes.utf8("rotten"));
    bench.walk();
    disk.finish();
    assertThat(bench.trees.find(new TreeId(0, 1))).isEmpty();

    bench.walk();
    disk.finish();
    assertThat(lost).containsExactly(damaged);
    truth.remove(damaged);
    assertThat(bench.root()).isEqualTo(bench.rootOfRecords());
  }

  private static ItemKey key(int number) {
    return ItemKey.of("carts", "k" + number);
  }

  /** A replica over the disk, whose single partition's trees are walked for. */
  private final class Bench {
    private final StepwiseDisk disk;
    private final Replica replica;
    private final Trees trees;
    private final List<Integer> doubted = new ArrayList<>();
    private Optional<Boolean> made = Optional.empty();

    Bench(StepwiseDisk disk) {
      this.disk = disk;
      truth.clear();
      lost.clear();
      var random = new SplittableRandom(9);
      replica =
          new Replica(
              disk,
              new DotMint(random::nextLong),
              new HintLedger(1 << 20),
              new Stamps(0),
              time,
              new Counts());
      var types = new TreeMap<Bytes, BucketType>();
      types.put(ItemKey.DEFAULT_TYPE, BucketType.byDefault());
      var view = new ClusterView(1, SELF, new Ring(1, List.of(List.of(SELF))), types, false);
      trees = new Trees(() -> view, List.of(0), doubted::add);
      replica.listener(trees);
    }

    void fill(SplittableRandom random) {
      for (int i = 0; i < KEYS; i++) {
        write(i, Drawn.state(random));
      }
      disk.finish();
    }

    void write(SplittableRandom random) {
      write(random.nextInt(KEYS + 50), Drawn.state(random));
    }

    private void write(int number, VersionSet state) {
      ItemKey key = key(number);
      replica.merge(
          new Address(0, key), new Incoming(state, List.of(), 0, Incoming.NEVER), _ -> {});
    }

    void walk() {
      made = Optional.empty();
      PartitionWalk.Pauses pauses = next -> disk.later(next);
      var around =
          new PartitionWalk.Around(disk, replica, trees, pauses, (key, _) -> lost.add(key));
      new PartitionWalk(
              around,
              0,
              outcome -> {
                trees.ended(0, outcome);
                made = Optional.of(outcome.isPresent());
              })
          .start();
    }

    Hash128 root() {
      return trees.find(new TreeId(0, 1)).orElseThrow().root();
    }

    Hash128 rootOfRecords() {
      var tree = new MerkleTree();
      disk.states().forEach((key, state) -> tree.changed(key, VersionSet.EMPTY, state));
      return tree.root();
    }
  }

  /** A disk that does one thing at a time, in an order that is drawn, and then tells of it. */
  private static final class StepwiseDisk implements StorageEngine {
    private final TreeMap<ItemKey, Bytes> records =
        new TreeMap<>(Comparator.comparing(ItemKey::encoded));
    private final List<Queue<Runnable>> underWay = new ArrayList<>();
    private boolean failing;

    void failNextWrite() {
      failing = true;
    }

    void later(Runnable task) {
      begin(() -> {}, task);
    }

    /** Takes effect in one step, is heard of in a later one. */
    private void begin(Runnable effect, Runnable heard) {
      underWay.add(new ArrayDeque<>(List.of(effect, heard)));
    }

    void step(SplittableRandom random) {
      if (!underWay.isEmpty()) {
        take(random.nextInt(underWay.size()));
      }
    }

    void finish() {
      while (!underWay.isEmpty()) {
        take(0);
      }
    }

    private void take(int which) {
      Queue<Runnable> steps = underWay.get(which);
      Runnable step = steps.remove();
      if (steps.isEmpty()) {
        underWay.remove(which);
      }
      step.run();
    }

    Map<ItemKey, VersionSet> states() {
      var states = new LinkedHashMap<ItemKey, VersionSet>();
      records.forEach((key, record) -> {
        try {
          states.put(key, StoredRecord.decode(record).state());
        } catch (MalformedException e) {
          throw new AssertionError(e);
        }
      });
      return states;
    }

    @Override
    public void sync(Consumer<WriteResult> done) {
      done.accept(new WriteResult.Written());
    }

    @Override
    public void read(Address address, Consumer<ReadResult> done) {
      var found = new ArrayList<ReadResult>(1);
      begin(
          () -> {
            Bytes record = records.get(address.key());
            found.add(record == null ? new ReadResult.Absent() : new ReadResult.Found(record));
          },
          () -> done.accept(found.getFirst()));
    }

    @Override
    public void write(Address address, Bytes record, Consumer<WriteResult> done) {
      boolean fails = failing;
      failing = false;
      begin(
          () -> records.put(address.key(), record),
          () ->
              done.accept(fails ? new WriteResult.Failed("scripted") : new WriteResult.Written()));
    }

    @Override
    public void commit(
        Address address, Optional<Bytes> record, Optional<Bytes> hint, Consumer<WriteResult> done) {
      throw new UnsupportedOperationException("nothing is owed here");
    }

    @Override
    public void quarantine(Address address, Bytes replacement, Consumer<WriteResult> done) {
      write(address, replacement, done);
    }

    @Override
    public void scan(int partition, Start after, int limit, Consumer<ScanResult> done) {
      var found = new ArrayList<Entry>();
      begin(
          () -> {
            Map<ItemKey, Bytes> left =
                switch (after) {
                  case Start.First _ -> records;
                  case Start.After(ItemKey last) -> records.tailMap(last, false);
                };
            left.entrySet().stream()
                .limit(limit)
                .forEach(each -> found.add(new Entry(each.getKey(), each.getValue())));
          },
          () -> done.accept(new ScanResult.Batch(found, found.size() < limit)));
    }

    @Override
    public void scanHints(int partition, Start after, int limit, Consumer<ScanResult> done) {
      throw new UnsupportedOperationException("nothing is owed here");
    }

    @Override
    public void drop(int partition, Consumer<WriteResult> done) {
      throw new UnsupportedOperationException("nothing is dropped here");
    }
  }
}
