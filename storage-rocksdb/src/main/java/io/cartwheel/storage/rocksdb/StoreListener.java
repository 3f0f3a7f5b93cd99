package io.cartwheel.storage.rocksdb;

import java.time.Duration;

/**
 * Hears what befalls a store, for metrics and the log.
 *
 * <p>Called on the store's own threads and on shards' threads, several at a time. Must neither
 * block nor throw, nor call the store, which may be waiting for this very thread to end.
 */
public interface StoreListener {
  /** Hears nothing. */
  StoreListener NONE = new StoreListener() {};

  /** The log was fsynced, which took so long. */
  default void synced(Duration took) {}

  /** A damaged record was set aside and replaced. */
  default void quarantined() {}

  /**
   * The disk broke its word, or a damaged file stopped the database, so the store answers no write
   * with success any more until the process is restarted; reads go on. Told once.
   */
  default void failed(String reason) {}

  /** A write was refused because the disk is full. Told at the first of a run of them. */
  default void full(String reason) {}

  /** The first write succeeded after the disk had been full. */
  default void roomAgain() {}
}
