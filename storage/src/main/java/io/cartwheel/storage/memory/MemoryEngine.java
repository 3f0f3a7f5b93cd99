package io.cartwheel.storage.memory;

import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.item.ItemKey;
import io.cartwheel.core.port.StorageEngine;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Records in sorted maps, one map per partition.
 *
 * <p>Belongs to one thread and answers from within the call. Records and keys are cut loose from
 * the frames they came in. Closing forgets everything.
 */
public final class MemoryEngine implements StorageEngine, AutoCloseable {
  /** How much the quarantine holds unless told otherwise. */
  public static final long DEFAULT_QUARANTINE_BYTES = 16L << 20;

  private static final WriteResult WRITTEN = new WriteResult.Written();
  private static final ReadResult ABSENT = new ReadResult.Absent();
  private static final String CLOSED = "the engine is closed";

  private final TreeMap<Integer, TreeMap<Bytes, Entry>> partitions = new TreeMap<>();
  private final ArrayDeque<QuarantinedRecord> quarantine = new ArrayDeque<>();
  private final long quarantineLimitBytes;
  private long quarantineBytes;
  private long recordCount;
  private long storedBytes;
  private boolean closed;

  public MemoryEngine() {
    this(DEFAULT_QUARANTINE_BYTES);
  }

  /**
   * An empty engine.
   *
   * @param quarantineLimitBytes past it the oldest quarantined records are forgotten
   */
  public MemoryEngine(long quarantineLimitBytes) {
    this.quarantineLimitBytes = quarantineLimitBytes;
  }

  @Override
  public void read(Address address, Consumer<ReadResult> done) {
    done.accept(closed ? new ReadResult.Failed(CLOSED) : find(address));
  }

  @Override
  public void write(Address address, Bytes record, Consumer<WriteResult> done) {
    if (closed) {
      done.accept(new WriteResult.Failed(CLOSED));
      return;
    }
    put(address, record);
    done.accept(WRITTEN);
  }

  @Override
  public void quarantine(Address address, Bytes replacement, Consumer<WriteResult> done) {
    if (closed) {
      done.accept(new WriteResult.Failed(CLOSED));
      return;
    }
    if (find(address) instanceof ReadResult.Found(Bytes damaged)) {
      setAside(new QuarantinedRecord(address, damaged));
    }
    put(address, replacement);
    done.accept(WRITTEN);
  }

  @Override
  public void scan(int partition, Start after, int limit, Consumer<ScanResult> done) {
    if (limit < 1) {
      throw new IllegalArgumentException("a scan of " + limit + " records");
    }
    done.accept(
        closed
            ? new ScanResult.Failed(CLOSED)
            : new ScanResult.Batch(list(partition, after, limit)));
  }

  @Override
  public void drop(int partition, Consumer<WriteResult> done) {
    if (closed) {
      done.accept(new WriteResult.Failed(CLOSED));
      return;
    }
    Map<Bytes, Entry> dropped = partitions.remove(partition);
    if (dropped != null) {
      dropped.forEach((key, entry) -> count(-1, -key.length() - entry.record().length()));
    }
    done.accept(WRITTEN);
  }

  /** Forgets everything; what is asked afterwards fails. */
  @Override
  public void close() {
    closed = true;
    partitions.clear();
    quarantine.clear();
    quarantineBytes = 0;
    recordCount = 0;
    storedBytes = 0;
  }

  /** How many records there are in all partitions. */
  public long recordCount() {
    return recordCount;
  }

  /** The bytes of all records and their encoded keys. */
  public long storedBytes() {
    return storedBytes;
  }

  /** What was set aside and is still kept, oldest first. */
  public List<QuarantinedRecord> quarantined() {
    return List.copyOf(quarantine);
  }

  private ReadResult find(Address address) {
    TreeMap<Bytes, Entry> records = partitions.get(address.partition());
    Entry entry = records == null ? null : records.get(address.key().encoded());
    return entry == null ? ABSENT : new ReadResult.Found(entry.record());
  }

  private void put(Address address, Bytes record) {
    Bytes key = address.key().encoded().compact();
    Bytes kept = record.compact();
    Entry replaced =
        partitions
            .computeIfAbsent(address.partition(), partition -> new TreeMap<>())
            .put(key, new Entry(cutLoose(address.key()), kept));
    if (replaced == null) {
      count(1, key.length() + kept.length());
    } else {
      count(0, kept.length() - replaced.record().length());
    }
  }

  private List<Entry> list(int partition, Start after, int limit) {
    TreeMap<Bytes, Entry> records = partitions.get(partition);
    if (records == null) {
      return List.of();
    }
    Map<Bytes, Entry> rest =
        switch (after) {
          case Start.First() -> records;
          case Start.After(ItemKey key) -> records.tailMap(key.encoded(), false);
        };
    var entries = new ArrayList<Entry>();
    for (Entry entry : rest.values()) {
      if (entries.size() == limit) {
        break;
      }
      entries.add(entry);
    }
    return entries;
  }

  private void setAside(QuarantinedRecord damaged) {
    quarantine.addLast(damaged);
    quarantineBytes += damaged.bytes();
    while (quarantineBytes > quarantineLimitBytes) {
      quarantineBytes -= quarantine.removeFirst().bytes();
    }
  }

  private void count(int records, int bytes) {
    recordCount += records;
    storedBytes += bytes;
  }

  private static ItemKey cutLoose(ItemKey key) {
    return new ItemKey(key.type().compact(), key.bucket().compact(), key.key().compact());
  }
}
