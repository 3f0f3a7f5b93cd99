package io.cartwheel.core.antientropy;

import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.item.ItemKey;
import io.cartwheel.core.port.StorageEngine;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Keeps records in memory, answers within the call, and lists them in short batches. */
final class ListedEngine implements StorageEngine {
  private final Map<Integer, TreeMap<ItemKey, Bytes>> partitions = new TreeMap<>();
  private final Set<Integer> unlistable = new TreeSet<>();
  private int batchLimit = Integer.MAX_VALUE;

  /** From now on the partition can't be listed. */
  void cannotList(int partition) {
    unlistable.add(partition);
  }

  /** From now on no batch is longer than this. */
  void listAtOnce(int most) {
    batchLimit = most;
  }

  Set<ItemKey> keys(int partition) {
    return records(partition).keySet();
  }

  Bytes record(ItemKey key) {
    return records(0).getOrDefault(key, Bytes.EMPTY);
  }

  /** Puts a record into the first partition behind the back of the replica. */
  void plant(ItemKey key, Bytes record) {
    records(0).put(key, record);
  }

  private TreeMap<ItemKey, Bytes> records(int partition) {
    return partitions.computeIfAbsent(
        partition, _ -> new TreeMap<>(Comparator.comparing(ItemKey::encoded)));
  }

  @Override
  public void sync(Consumer<WriteResult> done) {
    done.accept(new WriteResult.Written());
  }

  @Override
  public void read(Address address, Consumer<ReadResult> done) {
    Bytes record = records(address.partition()).get(address.key());
    done.accept(record == null ? new ReadResult.Absent() : new ReadResult.Found(record));
  }

  @Override
  public void write(Address address, Bytes record, Consumer<WriteResult> done) {
    records(address.partition()).put(address.key(), record);
    done.accept(new WriteResult.Written());
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
    if (unlistable.contains(partition)) {
      done.accept(new ScanResult.Failed("scripted"));
      return;
    }
    Map<ItemKey, Bytes> left =
        switch (after) {
          case Start.First _ -> records(partition);
          case Start.After(ItemKey last) -> records(partition).tailMap(last, false);
        };
    List<Entry> entries =
        left.entrySet().stream()
            .limit(Math.min(limit, batchLimit))
            .map(each -> new Entry(each.getKey(), each.getValue()))
            .toList();
    done.accept(new ScanResult.Batch(entries, entries.size() == left.size()));
  }

  @Override
  public void scanHints(int partition, Start after, int limit, Consumer<ScanResult> done) {
    done.accept(new ScanResult.Batch(new ArrayList<>(), true));
  }

  @Override
  public void drop(int partition, Consumer<WriteResult> done) {
    records(partition).clear();
    done.accept(new WriteResult.Written());
  }
}
