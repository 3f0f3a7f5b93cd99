package io.cartwheel.storage.memory;

import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.item.ItemKey;
import io.cartwheel.core.port.StorageEngine.Address;
import io.cartwheel.core.port.StorageEngine.Entry;
import io.cartwheel.core.port.StorageEngine.Start;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One value per key in sorted maps, one map per partition.
 *
 * <p>Values and keys are cut loose from the frames they came in.
 */
final class Table {
  private final TreeMap<Integer, TreeMap<Bytes, Entry>> partitions = new TreeMap<>();
  private long count;
  private long bytes;

  /** How many values there are in all partitions. */
  long count() {
    return count;
  }

  /** The bytes of all values and their encoded keys. */
  long bytes() {
    return bytes;
  }

  Optional<Bytes> get(Address address) {
    TreeMap<Bytes, Entry> entries = partitions.get(address.partition());
    return Optional.ofNullable(entries == null ? null : entries.get(address.key().encoded()))
        .map(Entry::record);
  }

  void put(Address address, Bytes value) {
    var fresh = new Entry(cutLoose(address.key()), value.compact());
    Entry replaced =
        partitions
            .computeIfAbsent(address.partition(), _ -> new TreeMap<>())
            .put(address.key().encoded().compact(), fresh);
    add(1, fresh);
    if (replaced != null) {
      add(-1, replaced);
    }
  }

  void remove(Address address) {
    TreeMap<Bytes, Entry> entries = partitions.get(address.partition());
    Entry removed = entries == null ? null : entries.remove(address.key().encoded());
    if (removed != null) {
      add(-1, removed);
    }
  }

  void drop(int partition) {
    TreeMap<Bytes, Entry> dropped = partitions.remove(partition);
    if (dropped != null) {
      dropped.values().forEach(entry -> add(-1, entry));
    }
  }

  List<Entry> list(int partition, Start after, int limit) {
    TreeMap<Bytes, Entry> entries = partitions.get(partition);
    if (entries == null) {
      return List.of();
    }
    Map<Bytes, Entry> rest =
        switch (after) {
          case Start.First() -> entries;
          case Start.After(ItemKey key) -> entries.tailMap(key.encoded(), false);
        };
    var listed = new ArrayList<Entry>();
    for (Entry entry : rest.values()) {
      if (listed.size() == limit) {
        break;
      }
      listed.add(entry);
    }
    return listed;
  }

  void clear() {
    partitions.clear();
    count = 0;
    bytes = 0;
  }

  private void add(int sign, Entry entry) {
    count += sign;
    bytes += sign * ((long) entry.key().encoded().length() + entry.record().length());
  }

  private static ItemKey cutLoose(ItemKey key) {
    return new ItemKey(key.type().compact(), key.bucket().compact(), key.key().compact());
  }
}
