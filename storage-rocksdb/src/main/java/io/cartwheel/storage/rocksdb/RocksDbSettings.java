package io.cartwheel.storage.rocksdb;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How a node's database is opened.
 *
 * @param directory where its files live; made when absent, used by one process at a time
 * @param blockCacheBytes memory for blocks, indexes and filters read from files
 * @param writeBufferBytes size of one write buffer; three at most are held
 * @param syncInterval how often the log is fsynced while there are writes: what a power failure may
 *     cost
 * @param readerThreads threads for reads and scans that need the disk
 * @param quarantineBytes how much of damaged records is kept for inspection; past it the oldest go
 */
public record RocksDbSettings(
    Path directory,
    long blockCacheBytes,
    long writeBufferBytes,
    Duration syncInterval,
    int readerThreads,
    long quarantineBytes) {

  public static final long DEFAULT_BLOCK_CACHE_BYTES = 96L << 20;
  public static final long DEFAULT_WRITE_BUFFER_BYTES = 32L << 20;
  public static final Duration DEFAULT_SYNC_INTERVAL = Duration.ofMillis(50);
  public static final int DEFAULT_READER_THREADS = 2;
  public static final long DEFAULT_QUARANTINE_BYTES = 64L << 20;

  private static final long MIN_BYTES = 1L << 20;

  /** Refuses what no database can run with. */
  public RocksDbSettings {
    require(blockCacheBytes >= MIN_BYTES, "a block cache under 1 MiB");
    require(writeBufferBytes >= MIN_BYTES, "a write buffer under 1 MiB");
    require(syncInterval.toNanos() > 0, "a sync interval of nothing");
    require(readerThreads >= 1, "no reader thread");
    require(quarantineBytes >= 0, "a negative quarantine");
  }

  /** The defaults, for a node of a few hundred megabytes. */
  public static RocksDbSettings in(Path directory) {
    return new RocksDbSettings(
        directory,
        DEFAULT_BLOCK_CACHE_BYTES,
        DEFAULT_WRITE_BUFFER_BYTES,
        DEFAULT_SYNC_INTERVAL,
        DEFAULT_READER_THREADS,
        DEFAULT_QUARANTINE_BYTES);
  }

  public RocksDbSettings withBlockCacheBytes(long bytes) {
    return new RocksDbSettings(
        directory, bytes, writeBufferBytes, syncInterval, readerThreads, quarantineBytes);
  }

  public RocksDbSettings withWriteBufferBytes(long bytes) {
    return new RocksDbSettings(
        directory, blockCacheBytes, bytes, syncInterval, readerThreads, quarantineBytes);
  }

  public RocksDbSettings withSyncInterval(Duration interval) {
    return new RocksDbSettings(
        directory, blockCacheBytes, writeBufferBytes, interval, readerThreads, quarantineBytes);
  }

  public RocksDbSettings withReaderThreads(int threads) {
    return new RocksDbSettings(
        directory, blockCacheBytes, writeBufferBytes, syncInterval, threads, quarantineBytes);
  }

  public RocksDbSettings withQuarantineBytes(long bytes) {
    return new RocksDbSettings(
        directory, blockCacheBytes, writeBufferBytes, syncInterval, readerThreads, bytes);
  }

  private static void require(boolean held, String otherwise) {
    if (!held) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
