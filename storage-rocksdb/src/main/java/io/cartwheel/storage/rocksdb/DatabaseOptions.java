package io.cartwheel.storage.rocksdb;

import java.util.ArrayDeque;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.LRUCache;
import org.rocksdb.ReadOptions;
import org.rocksdb.ReadTier;
import org.rocksdb.RocksObject;
import org.rocksdb.WALRecoveryMode;
import org.rocksdb.WriteOptions;

/** How the database is tuned: each native option object once, for as long as it is open. */
final class DatabaseOptions implements AutoCloseable {
  private static final int WRITE_BUFFERS = 3;
  private static final int BACKGROUND_JOBS = 2;
  private static final int BLOOM_BITS_PER_KEY = 10;
  private static final long BLOCK_BYTES = 8 << 10;
  private static final long QUARANTINE_BUFFER_BYTES = 1L << 20;

  /** Small: hints come and go, and a scan wades through removals that were not compacted yet. */
  private static final long HINTS_BUFFER_BYTES = 2L << 20;

  private static final long BYTES_PER_SYNC = 1L << 20;
  private static final long OWN_LOG_BYTES = 4L << 20;
  private static final int OWN_LOGS = 4;

  /** The share of the cache that data blocks cannot drive indexes and filters out of. */
  private static final double INDEX_SHARE = 0.4;

  private static final int FORMAT_VERSION = 6;

  private final ArrayDeque<RocksObject> owned = new ArrayDeque<>();

  final Cache cache;
  final DBOptions database;
  final ColumnFamilyOptions records;
  final ColumnFamilyOptions quarantine;
  final ColumnFamilyOptions hints;
  final ReadOptions fromMemory;
  final ReadOptions fromDisk;
  final WriteOptions atOnce;
  final WriteOptions patient;

  DatabaseOptions(RocksDbSettings settings) {
    cache = own(new LRUCache(settings.blockCacheBytes(), -1, false, INDEX_SHARE));
    database = database(settings);
    BlockBasedTableConfig tables = tables();
    records = records(settings, tables);
    quarantine = own(new ColumnFamilyOptions()).setWriteBufferSize(QUARANTINE_BUFFER_BYTES);
    hints = hints(tables);
    fromMemory = own(new ReadOptions()).setReadTier(ReadTier.BLOCK_CACHE_TIER);
    fromDisk = own(new ReadOptions());
    atOnce = own(new WriteOptions()).setNoSlowdown(true);
    patient = own(new WriteOptions());
  }

  private DBOptions database(RocksDbSettings settings) {
    return own(new DBOptions())
        .setCreateIfMissing(true)
        .setCreateMissingColumnFamilies(true)
        .setMaxBackgroundJobs(BACKGROUND_JOBS)
        // The seldom written quarantine and hints would otherwise hold back old logs for ever.
        .setMaxTotalWalSize(4 * settings.writeBufferBytes())
        // After a power failure the log may have holes: keep what is before the first.
        .setWalRecoveryMode(WALRecoveryMode.PointInTimeRecovery)
        // Writes of tables trickle out, so that a log's fsync does not wait behind megabytes.
        .setBytesPerSync(BYTES_PER_SYNC)
        .setSkipStatsUpdateOnDbOpen(true)
        .setMaxLogFileSize(OWN_LOG_BYTES)
        .setKeepLogFileNum(OWN_LOGS);
  }

  private BlockBasedTableConfig tables() {
    return new BlockBasedTableConfig()
        .setBlockCache(cache)
        .setBlockSize(BLOCK_BYTES)
        .setFilterPolicy(own(new BloomFilter(BLOOM_BITS_PER_KEY, false)))
        // Indexes and filters count against the cache, so that memory stays bounded.
        .setCacheIndexAndFilterBlocks(true)
        .setCacheIndexAndFilterBlocksWithHighPriority(true)
        .setPinL0FilterAndIndexBlocksInCache(true)
        .setFormatVersion(FORMAT_VERSION);
  }

  private ColumnFamilyOptions records(RocksDbSettings settings, BlockBasedTableConfig tables) {
    return own(new ColumnFamilyOptions())
        .setTableFormatConfig(tables)
        .setCompressionType(CompressionType.LZ4_COMPRESSION)
        .setWriteBufferSize(settings.writeBufferBytes())
        .setMaxWriteBufferNumber(WRITE_BUFFERS);
  }

  private ColumnFamilyOptions hints(BlockBasedTableConfig tables) {
    return own(new ColumnFamilyOptions())
        .setTableFormatConfig(tables)
        .setCompressionType(CompressionType.LZ4_COMPRESSION)
        .setWriteBufferSize(HINTS_BUFFER_BYTES)
        .setMaxWriteBufferNumber(WRITE_BUFFERS);
  }

  private <T extends RocksObject> T own(T object) {
    owned.push(object);
    return object;
  }

  @Override
  public void close() {
    owned.forEach(RocksObject::close);
  }
}
