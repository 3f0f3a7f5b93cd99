package io.cartwheel.simulator;

import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.item.ItemKey;
import io.cartwheel.core.membership.BarrierRecord;
import io.cartwheel.core.port.StorageEngine.Address;
import io.cartwheel.core.port.StorageEngine.ReadResult;
import io.cartwheel.core.port.StorageEngine.ScanResult;
import io.cartwheel.core.port.StorageEngine.Start;
import io.cartwheel.core.port.StorageEngine.WriteResult;
import io.cartwheel.storage.memory.MemoryEngine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * One node's disk: records and hints survive the process; those not yet synced do not survive a
 * loss of power, the latest first, as a log loses its tail.
 */
final class SimDisk {
  private static final WriteResult WRITTEN = new WriteResult.Written();

  private final int node;
  private final Ledger ledger;
  private final List<Change> unsynced = new ArrayList<>();
  private final TreeSet<Integer> partitions = new TreeSet<>();
  private final MemoryEngine engine = new MemoryEngine();
  private BarrierRecord barriers = BarrierRecord.NONE;
  private boolean full;

  /** What a key has: its record, and to whom that is owed. */
  private record Entry(Optional<Bytes> record, Optional<Bytes> hint) {
    static final Entry NOTHING = new Entry(Optional.empty(), Optional.empty());
  }

  private record Change(Address address, Entry before) {}

  /** All that a disk held at a moment. */
  static final class Snapshot {
    /** A new disk. */
    static final Snapshot EMPTY = new Snapshot(Map.of(), BarrierRecord.NONE);

    private final Map<Address, Entry> entries;
    private final BarrierRecord barriers;

    private Snapshot(Map<Address, Entry> entries, BarrierRecord barriers) {
      this.entries = entries;
      this.barriers = barriers;
    }
  }

  SimDisk(int node, Ledger ledger) {
    this.node = node;
    this.ledger = ledger;
  }

  ReadResult read(Address address) {
    return recordAt(address).<ReadResult>map(ReadResult.Found::new).orElse(new ReadResult.Absent());
  }

  /** Replaces a record and leaves the hint; without effect if there is no room. */
  WriteResult write(Address address, Bytes record) {
    return commit(address, Optional.of(record), engine.hint(address));
  }

  /** Replaces or removes a record and its hint; without effect if there is no room. */
  WriteResult commit(Address address, Optional<Bytes> record, Optional<Bytes> hint) {
    if (full && (record.isPresent() || hint.isPresent())) {
      return new WriteResult.Failed("no room on the simulated disk");
    }
    unsynced.add(new Change(address, entryAt(address)));
    if (hint.isEmpty() && engine.hint(address).isEmpty()) {
      recordAt(address).ifPresent(before -> ledger.forgot(before, record));
    }
    if (record.isEmpty()) {
      recordAt(address).ifPresent(removed -> ledger.removed(node, removed));
    }
    put(address, new Entry(record, hint));
    record.ifPresent(stored -> ledger.stored(node, stored));
    return WRITTEN;
  }

  /** Sets a record aside for another. */
  WriteResult quarantine(Address address, Bytes replacement) {
    ledger.lost(node, recordAt(address), Optional.of(replacement));
    return write(address, replacement);
  }

  /** From now on, and until it has room again, the disk takes removals only. */
  void full(boolean isFull) {
    full = isFull;
  }

  Optional<Bytes> recordAt(Address address) {
    var result = new ArrayList<ReadResult>(1);
    engine.read(address, result::add);
    return result.getFirst() instanceof ReadResult.Found(Bytes record)
        ? Optional.of(record)
        : Optional.empty();
  }

  private Entry entryAt(Address address) {
    return new Entry(recordAt(address), engine.hint(address));
  }

  private void put(Address address, Entry entry) {
    partitions.add(address.partition());
    engine.commit(address, entry.record(), entry.hint(), _ -> {});
  }

  void scan(int partition, Start after, int limit, Consumer<ScanResult> done) {
    engine.scan(partition, after, limit, done);
  }

  void scanHints(int partition, Start after, int limit, Consumer<ScanResult> done) {
    engine.scanHints(partition, after, limit, done);
  }

  /** Drops a partition, durably. */
  void drop(int partition, Consumer<WriteResult> done) {
    unsynced.removeIf(change -> change.address().partition() == partition);
    engine.drop(partition, done);
  }

  void sync() {
    unsynced.clear();
  }

  /** Takes back some of the latest changes that were not synced: as many as the draw says. */
  void losePower(SplittableRandom random) {
    int kept = unsynced.isEmpty() ? 0 : random.nextInt(unsynced.size() + 1);
    Map<Address, Entry> restored = new LinkedHashMap<>();
    for (Change lost : unsynced.subList(kept, unsynced.size())) {
      restored.putIfAbsent(lost.address(), lost.before());
    }
    restored.forEach(this::goBack);
    unsynced.clear();
  }

  /** What its node has noted of barriers, durably. */
  BarrierRecord barriers() {
    return barriers;
  }

  /** Notes it, durably; without effect if there is no room. */
  boolean keepBarriers(BarrierRecord record) {
    if (!full) {
      barriers = record;
    }
    return !full;
  }

  /** What is on the disk now, to return to later. */
  Snapshot snapshot() {
    return new Snapshot(entries(), barriers);
  }

  /** The disk is again what it was: what was written since is lost, what was removed is back. */
  void restore(Snapshot snapshot) {
    entries().keySet().stream()
        .filter(address -> !snapshot.entries.containsKey(address))
        .forEach(address -> goBack(address, Entry.NOTHING));
    snapshot.entries.forEach(this::goBack);
    barriers = snapshot.barriers;
    unsynced.clear();
  }

  /** A fault brings back what a key had before, and takes what it has now. */
  private void goBack(Address address, Entry before) {
    ledger.lost(node, recordAt(address), before.record());
    before.record().ifPresent(record -> ledger.stored(node, record));
    put(address, before);
  }

  /** Flips one bit of one record; false if there is none. */
  boolean damage(SplittableRandom random) {
    List<Address> stored =
        entries().entrySet().stream()
            .filter(entry -> entry.getValue().record().isPresent())
            .map(Map.Entry::getKey)
            .toList();
    if (stored.isEmpty()) {
      return false;
    }
    Address chosen = stored.get(random.nextInt(stored.size()));
    Optional<Bytes> record = recordAt(chosen);
    byte[] bytes = record.orElseThrow().toArray();
    bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    ledger.lost(node, record, Optional.empty());
    put(chosen, new Entry(Optional.of(Bytes.wrap(bytes)), engine.hint(chosen)));
    return true;
  }

  /** All records and hints, in the order of partitions and keys; keys with a hint only last. */
  private Map<Address, Entry> entries() {
    var entries = new LinkedHashMap<Address, Entry>();
    Consumer<Address> add = address -> entries.putIfAbsent(address, entryAt(address));
    for (int partition : partitions) {
      engine.scan(partition, Start.FIRST, Integer.MAX_VALUE, all(partition, add));
      engine.scanHints(partition, Start.FIRST, Integer.MAX_VALUE, all(partition, add));
    }
    return entries;
  }

  private static Consumer<ScanResult> all(int partition, Consumer<Address> each) {
    return result -> {
      if (result instanceof ScanResult.Batch(var entries, _)) {
        entries.forEach(entry -> each.accept(new Address(partition, entry.key())));
      }
    };
  }

  /** The record of a key without what is local to it, for comparing replicas. */
  Optional<Bytes> recordOf(int partition, ItemKey key) {
    return recordAt(new Address(partition, key));
  }
}
