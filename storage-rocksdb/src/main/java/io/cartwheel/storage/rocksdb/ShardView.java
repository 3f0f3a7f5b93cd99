package io.cartwheel.storage.rocksdb;

import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.port.StorageEngine;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.rocksdb.RocksDBException;

/**
 * One shard's view of the store.
 *
 * <p>On the shard's thread it reads what memory holds and writes what the database takes at once;
 * the rest it hands to the store's threads, and the answer comes back through the shard's executor.
 */
final class ShardView implements StorageEngine {
  private static final String CLOSED = "the store is closed";

  /** Longer records would hold up the shard for a millisecond or more. */
  private static final int MAX_INLINE_BYTES = 256 << 10;

  private static final int FIRST_RECORD_BYTES = 16 << 10;

  private final StoreParts parts;
  private final Database database;
  private final Executor shardThread;

  /** Held while the shard's thread is in the database, so that closing can wait for it. */
  private final ReentrantLock inside = new ReentrantLock();

  private boolean closed;

  /** Reused for every call: the database copies what it is given. */
  private final byte[] key = new byte[StoredKey.MAX_BYTES];

  private byte[] recordBytes = new byte[FIRST_RECORD_BYTES];

  ShardView(StoreParts parts, Executor shardThread) {
    this.parts = parts;
    this.database = parts.database();
    this.shardThread = shardThread;
  }

  @Override
  public void read(Address address, Consumer<ReadResult> done) {
    Optional<ReadResult> found = readFromMemory(address);
    if (found.isPresent()) {
      parts.counters().inlineReads.increment();
      done.accept(found.get());
      return;
    }
    parts.counters().diskReads.increment();
    byte[] stored = StoredKey.of(address);
    handOver(parts.workers().readers, () -> readFromDisk(stored), ReadResult.Failed::new, done);
  }

  @Override
  public void write(Address address, Bytes record, Consumer<WriteResult> done) {
    parts.counters().writtenBytes.add(record.length());
    Optional<WriteResult> written =
        record.length() > MAX_INLINE_BYTES ? Optional.empty() : writeNow(address, record);
    if (written.isPresent()) {
      parts.counters().inlineWrites.increment();
      done.accept(written.get());
      return;
    }
    parts.counters().delayedWrites.increment();
    byte[] stored = StoredKey.of(address);
    writeLater(() -> database.put(stored, record.toArray()), done);
  }

  @Override
  public void commit(
      Address address, Optional<Bytes> record, Optional<Bytes> hint, Consumer<WriteResult> done) {
    var commit = new Commit(address, record, hint);
    parts.counters().writtenBytes.add(commit.bytes());
    Optional<WriteResult> written =
        commit.bytes() > MAX_INLINE_BYTES ? Optional.empty() : commitNow(commit);
    if (written.isPresent()) {
      parts.counters().inlineWrites.increment();
      done.accept(written.get());
      return;
    }
    parts.counters().delayedWrites.increment();
    writeLater(() -> commit.to(database), done);
  }

  @Override
  public void quarantine(Address address, Bytes replacement, Consumer<WriteResult> done) {
    byte[] stored = StoredKey.of(address);
    writeLater(
        () -> {
          parts.quarantine().move(stored, replacement.toArray());
          parts.counters().quarantined.increment();
          parts.listener().quarantined();
        },
        done);
  }

  @Override
  public void scan(int partition, Start after, int limit, Consumer<ScanResult> done) {
    scan(new PartitionScan(database.records, partition, after, limit), done);
  }

  @Override
  public void scanHints(int partition, Start after, int limit, Consumer<ScanResult> done) {
    scan(new PartitionScan(database.hints, partition, after, limit), done);
  }

  private void scan(PartitionScan scan, Consumer<ScanResult> done) {
    handOver(parts.workers().readers, () -> scanOnDisk(scan), ScanResult.Failed::new, done);
  }

  @Override
  public void sync(Consumer<WriteResult> done) {
    try {
      parts.syncer().syncNow(() -> tell(done, parts.writes().stillTrue(new WriteResult.Written())));
    } catch (RejectedExecutionException e) {
      done.accept(new WriteResult.Failed(CLOSED));
    }
  }

  @Override
  public void drop(int partition, Consumer<WriteResult> done) {
    byte[] from = StoredKey.prefixOf(partition);
    byte[] to = StoredKey.prefixOf(partition + 1);
    writeLater(
        () -> {
          database.hideRange(from, to);
          reclaimLater(from, to);
        },
        done);
  }

  /** Answers everything from now on with a failure; returns once no call is in the database. */
  void close() {
    inside.lock();
    try {
      closed = true;
    } finally {
      inside.unlock();
    }
  }

  private Optional<ReadResult> readFromMemory(Address address) {
    inside.lock();
    try {
      if (closed) {
        return Optional.of(new ReadResult.Failed(CLOSED));
      }
      int length = StoredKey.encode(address, key);
      return Optional.of(database.readFromMemory(key, length));
    } catch (RocksDBException e) {
      return Fault.of(e) == Fault.WOULD_WAIT ? Optional.empty() : Optional.of(unread(e));
    } finally {
      inside.unlock();
    }
  }

  private ReadResult readFromDisk(byte[] stored) {
    try {
      return database.read(stored);
    } catch (RocksDBException e) {
      return unread(e);
    }
  }

  private static ReadResult unread(RocksDBException exception) {
    String reason = Fault.words(exception);
    return Fault.of(exception) == Fault.DAMAGED
        ? new ReadResult.Damaged(reason)
        : new ReadResult.Failed(reason);
  }

  private ScanResult scanOnDisk(PartitionScan scan) {
    try {
      return scan.in(database);
    } catch (RocksDBException e) {
      return new ScanResult.Failed(Fault.words(e));
    }
  }

  private Optional<WriteResult> writeNow(Address address, Bytes record) {
    inside.lock();
    try {
      if (closed) {
        return Optional.of(new WriteResult.Failed(CLOSED));
      }
      int keyLength = StoredKey.encode(address, key);
      if (record.length() > recordBytes.length) {
        recordBytes = new byte[Math.max(record.length(), 2 * recordBytes.length)];
      }
      record.copyTo(recordBytes, 0);
      return parts
          .writes()
          .tryNow(() -> database.putAtOnce(key, keyLength, recordBytes, record.length()));
    } finally {
      inside.unlock();
    }
  }

  private Optional<WriteResult> commitNow(Commit commit) {
    inside.lock();
    try {
      return closed
          ? Optional.of(new WriteResult.Failed(CLOSED))
          : parts.writes().tryNow(() -> commit.atOnceTo(database));
    } finally {
      inside.unlock();
    }
  }

  private void writeLater(Writes.Write write, Consumer<WriteResult> done) {
    handOver(
        parts.workers().writer,
        () -> parts.writes().attempt(write),
        WriteResult.Failed::new,
        answer -> done.accept(parts.writes().stillTrue(answer)));
  }

  private void reclaimLater(byte[] from, byte[] to) {
    try {
      parts.workers().reclaimer.execute(() -> reclaim(from, to));
    } catch (RejectedExecutionException e) {
      // The store is closing or much is being dropped: compaction gets there by itself, later.
    }
  }

  private void reclaim(byte[] from, byte[] to) {
    try {
      database.reclaimRange(from, to);
    } catch (RocksDBException e) {
      // The records are hidden all the same: compaction gets there by itself, later.
    }
  }

  /** Has the work done on another thread and its answer told on the shard's, whatever happens. */
  private <R> void handOver(
      ExecutorService workers, Supplier<R> work, Function<String, R> failed, Consumer<R> done) {
    try {
      workers.execute(() -> tell(done, answer(work, failed)));
    } catch (RejectedExecutionException e) {
      done.accept(failed.apply(workers.isShutdown() ? CLOSED : "too much waits for the disk"));
    }
  }

  private static <R> R answer(Supplier<R> work, Function<String, R> failed) {
    try {
      return work.get();
    } catch (RuntimeException | OutOfMemoryError e) {
      return failed.apply(e.toString());
    }
  }

  private <R> void tell(Consumer<R> done, R answer) {
    try {
      shardThread.execute(() -> done.accept(answer));
    } catch (RejectedExecutionException e) {
      // The shard is gone, and its callers with it.
    }
  }
}
