package io.cartwheel.simulator;

import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.item.ItemKey;
import io.cartwheel.core.port.StorageEngine;
import io.cartwheel.core.port.StorageEngine.Address;
import io.cartwheel.core.port.StorageEngine.ReadResult;
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
 * One node's disk: records survive the process; those not yet synced do not survive a loss of
 * power, the latest first, as a log loses its tail.
 */
final class SimDisk {
  private final int node;
  private final Ledger ledger;
  private final List<Change> unsynced = new ArrayList<>();
  private final TreeSet<Integer> partitions = new TreeSet<>();
  private MemoryEngine engine = new MemoryEngine();

  private record Change(Address address, Optional<Bytes> before) {}

  SimDisk(int node, Ledger ledger) {
    this.node = node;
    this.ledger = ledger;
  }

  ReadResult read(Address address) {
    var result = new ArrayList<ReadResult>(1);
    engine.read(address, result::add);
    return result.getFirst();
  }

  void write(Address address, Bytes record) {
    unsynced.add(new Change(address, recordAt(address)));
    put(address, record);
    ledger.stored(node, record);
  }

  private void put(Address address, Bytes record) {
    partitions.add(address.partition());
    engine.write(address, record, _ -> {});
  }

  Optional<Bytes> recordAt(Address address) {
    return read(address) instanceof ReadResult.Found(Bytes record)
        ? Optional.of(record)
        : Optional.empty();
  }

  void scan(
      int partition,
      StorageEngine.Start after,
      int limit,
      Consumer<StorageEngine.ScanResult> done) {
    engine.scan(partition, after, limit, done);
  }

  /** Drops a partition, durably. */
  void drop(int partition, Consumer<StorageEngine.WriteResult> done) {
    unsynced.removeIf(change -> change.address().partition() == partition);
    engine.drop(partition, done);
  }

  void sync() {
    unsynced.clear();
  }

  /** Takes back some of the latest writes that were not synced: as many as the draw says. */
  void losePower(SplittableRandom random) {
    int kept = unsynced.isEmpty() ? 0 : random.nextInt(unsynced.size() + 1);
    List<Change> lost = unsynced.subList(kept, unsynced.size());
    Map<Address, Optional<Bytes>> restored = new LinkedHashMap<>();
    lost.forEach(change -> restored.putIfAbsent(change.address(), change.before()));
    Map<Address, Bytes> records = records();
    restored.forEach((address, before) -> {
      ledger.lost(node, Optional.ofNullable(records.get(address)), before);
      records.remove(address);
      before.ifPresent(record -> records.put(address, record));
    });
    engine = new MemoryEngine();
    records.forEach(this::put);
    unsynced.clear();
  }

  /** Flips one bit of one record; false if there is none. */
  boolean damage(SplittableRandom random) {
    List<Map.Entry<Address, Bytes>> records = List.copyOf(records().entrySet());
    if (records.isEmpty()) {
      return false;
    }
    var chosen = records.get(random.nextInt(records.size()));
    byte[] bytes = chosen.getValue().toArray();
    bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    ledger.lost(node, Optional.of(chosen.getValue()), Optional.empty());
    put(chosen.getKey(), Bytes.wrap(bytes));
    return true;
  }

  /** All records, in the order of partitions and keys. */
  private Map<Address, Bytes> records() {
    var records = new LinkedHashMap<Address, Bytes>();
    for (int partition : partitions) {
      engine.scan(
          partition,
          StorageEngine.Start.FIRST,
          Integer.MAX_VALUE,
          result -> {
            if (result instanceof StorageEngine.ScanResult.Batch(var entries)) {
              entries.forEach(
                  entry -> records.put(new Address(partition, entry.key()), entry.record()));
            }
          });
    }
    return records;
  }

  /** The record of a key without what is local to it, for comparing replicas. */
  Optional<Bytes> recordOf(int partition, ItemKey key) {
    return recordAt(new Address(partition, key));
  }
}
