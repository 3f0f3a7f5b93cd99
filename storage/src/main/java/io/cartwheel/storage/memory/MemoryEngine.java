package io.cartwheel.storage.memory;

import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.port.StorageEngine;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Records and hints in sorted maps.
 *
 * <p>Belongs to one thread and answers from within the call. Closing forgets everything.
 */
public final class MemoryEngine implements StorageEngine, AutoCloseable {
  /** How much the quarantine holds unless told otherwise. */
  public static final long DEFAULT_QUARANTINE_BYTES = 16L << 20;

  private static final WriteResult WRITTEN = new WriteResult.Written();
  private static final ReadResult ABSENT = new ReadResult.Absent();
  private static final String CLOSED = "the engine is closed";

  private final Table records = new Table();
  private final Table hints = new Table();
  private final ArrayDeque<QuarantinedRecord> quarantine = new ArrayDeque<>();
  private final long quarantineLimitBytes;
  private long quarantineBytes;
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
    change(() -> records.put(address, record), done);
  }

  @Override
  public void commit(
      Address address, Optional<Bytes> record, Optional<Bytes> hint, Consumer<WriteResult> done) {
    change(
        () -> {
          set(records, address, record);
          set(hints, address, hint);
        },
        done);
  }

  @Override
  public void quarantine(Address address, Bytes replacement, Consumer<WriteResult> done) {
    change(
        () -> {
          records
              .get(address)
              .ifPresent(damaged -> setAside(new QuarantinedRecord(address, damaged)));
          records.put(address, replacement);
        },
        done);
  }

  @Override
  public void sync(Consumer<WriteResult> done) {
    done.accept(closed ? new WriteResult.Failed(CLOSED) : WRITTEN);
  }

  @Override
  public void scan(int partition, Start after, int limit, Consumer<ScanResult> done) {
    list(records, partition, after, limit, done);
  }

  @Override
  public void scanHints(int partition, Start after, int limit, Consumer<ScanResult> done) {
    list(hints, partition, after, limit, done);
  }

  @Override
  public void drop(int partition, Consumer<WriteResult> done) {
    change(
        () -> {
          records.drop(partition);
          hints.drop(partition);
        },
        done);
  }

  /** Forgets everything; what is asked afterwards fails. */
  @Override
  public void close() {
    closed = true;
    records.clear();
    hints.clear();
    quarantine.clear();
    quarantineBytes = 0;
  }

  /** How many records there are in all partitions. */
  public long recordCount() {
    return records.count();
  }

  /** The bytes of all records and hints and their encoded keys. */
  public long storedBytes() {
    return records.bytes() + hints.bytes();
  }

  /** The hint of a key, if there is one. */
  public Optional<Bytes> hint(Address address) {
    return hints.get(address);
  }

  /** What was set aside and is still kept, oldest first. */
  public List<QuarantinedRecord> quarantined() {
    return List.copyOf(quarantine);
  }

  private ReadResult find(Address address) {
    return records.get(address).<ReadResult>map(ReadResult.Found::new).orElse(ABSENT);
  }

  private void change(Runnable change, Consumer<WriteResult> done) {
    if (closed) {
      done.accept(new WriteResult.Failed(CLOSED));
      return;
    }
    change.run();
    done.accept(WRITTEN);
  }

  private static void set(Table table, Address address, Optional<Bytes> value) {
    value.ifPresentOrElse(there -> table.put(address, there), () -> table.remove(address));
  }

  private void list(Table table, int partition, Start after, int limit, Consumer<ScanResult> done) {
    if (limit < 1) {
      throw new IllegalArgumentException("a scan of " + limit + " entries");
    }
    if (closed) {
      done.accept(new ScanResult.Failed(CLOSED));
      return;
    }
    // Long records need no batch of their own: what a batch holds is in memory anyway.
    List<Entry> entries = table.list(partition, after, limit);
    done.accept(new ScanResult.Batch(entries, entries.size() < limit));
  }

  private void setAside(QuarantinedRecord damaged) {
    quarantine.addLast(damaged);
    quarantineBytes += damaged.bytes();
    while (quarantineBytes > quarantineLimitBytes) {
      quarantineBytes -= quarantine.removeFirst().bytes();
    }
  }
}
