package io.cartwheel.storage.rocksdb;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.port.StorageEngine.ReadResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.CompactRangeOptions;
import org.rocksdb.NativeLibraryLoader;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/**
 * The open database: its handles, and what the store does with it, one primitive each.
 *
 * <p>Any thread may call any method until {@link #close}; a call after it would crash the process,
 * so whoever holds a database ends all its callers first.
 */
final class Database {
  private static final byte[] HINTS = "hints".getBytes(US_ASCII);
  private static final byte[] QUARANTINE = "quarantine".getBytes(US_ASCII);
  private static final ReadResult ABSENT = new ReadResult.Absent();

  final DatabaseOptions options;
  final RocksDB rocks;
  final ColumnFamilyHandle records;
  final ColumnFamilyHandle quarantine;
  final ColumnFamilyHandle hints;

  private Database(DatabaseOptions options, RocksDB rocks, List<ColumnFamilyHandle> families) {
    this.options = options;
    this.rocks = rocks;
    records = families.get(0);
    quarantine = families.get(1);
    hints = families.get(2);
  }

  static Database open(RocksDbSettings settings) throws IOException {
    loadLibrary(settings.directory().resolve("native"));
    var options = new DatabaseOptions(settings);
    var families = new ArrayList<ColumnFamilyHandle>();
    var descriptors =
        List.of(
            new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY, options.records),
            new ColumnFamilyDescriptor(QUARANTINE, options.quarantine),
            new ColumnFamilyDescriptor(HINTS, options.hints));
    try {
      RocksDB rocks =
          RocksDB.open(options.database, settings.directory().toString(), descriptors, families);
      return new Database(options, rocks, families);
    } catch (RocksDBException e) {
      options.close();
      throw new IOException(
          "the store in " + settings.directory() + " does not open: " + Fault.words(e), e);
    }
  }

  /**
   * Loads the native library from a copy in the store's own directory.
   *
   * <p>By itself it would leave a copy of many megabytes among the system's temporary files for
   * each process that was killed.
   */
  private static void loadLibrary(Path directory) throws IOException {
    Files.createDirectories(directory);
    try {
      NativeLibraryLoader.getInstance().loadLibrary(directory.toString());
    } catch (RuntimeException | UnsatisfiedLinkError e) {
      throw new IOException("the native library of the store does not load: " + e.getMessage(), e);
    }
  }

  /** Reads what memory holds; {@link Fault#WOULD_WAIT} when that does not tell. */
  ReadResult readFromMemory(byte[] key, int length) throws RocksDBException {
    return result(rocks.get(options.fromMemory, key, 0, length));
  }

  ReadResult read(byte[] key) throws RocksDBException {
    return result(rocks.get(options.fromDisk, key));
  }

  /** Writes unless that would have to wait: {@link Fault#WOULD_WAIT}. */
  void putAtOnce(byte[] key, int keyLength, byte[] record, int recordLength)
      throws RocksDBException {
    rocks.put(options.atOnce, key, 0, keyLength, record, 0, recordLength);
  }

  void put(byte[] key, byte[] record) throws RocksDBException {
    rocks.put(options.patient, key, record);
  }

  /** Writes unless that would have to wait: {@link Fault#WOULD_WAIT}. */
  void writeAtOnce(WriteBatch batch) throws RocksDBException {
    rocks.write(options.atOnce, batch);
  }

  void write(WriteBatch batch) throws RocksDBException {
    rocks.write(options.patient, batch);
  }

  /** Hides all records and hints with keys in {@code [from, to)}, with one write. */
  void hideRange(byte[] from, byte[] to) throws RocksDBException {
    try (var batch = new WriteBatch()) {
      batch.deleteRange(records, from, to);
      batch.deleteRange(hints, from, to);
      rocks.write(options.patient, batch);
    }
  }

  /**
   * Rewrites the files of a hidden range, so that its space comes back now rather than some day.
   */
  void reclaimRange(byte[] from, byte[] to) throws RocksDBException {
    try (var options = new CompactRangeOptions().setExclusiveManualCompaction(false)) {
      rocks.compactRange(records, from, to, options);
      rocks.compactRange(hints, from, to, options);
    }
  }

  /** Rises with each write. */
  long sequence() {
    return rocks.getLatestSequenceNumber();
  }

  Footprint footprint() {
    return new Footprint(
        property("rocksdb.live-sst-files-size"),
        property("rocksdb.cur-size-all-mem-tables"),
        options.cache.getUsage());
  }

  /** Makes stalled writes and compactions give up, and waits until they have. */
  void stopBackgroundWork() {
    rocks.cancelAllBackgroundWork(true);
  }

  /** Lets go of everything; what was not fsynced is still in the log. */
  void close() {
    records.close();
    quarantine.close();
    hints.close();
    rocks.close();
    options.close();
  }

  private long property(String name) {
    try {
      return rocks.getAggregatedLongProperty(name);
    } catch (RocksDBException e) {
      throw new AssertionError("the database knows this property", e);
    }
  }

  private static ReadResult result(byte[] found) {
    return found == null ? ABSENT : new ReadResult.Found(Bytes.wrap(found));
  }
}
