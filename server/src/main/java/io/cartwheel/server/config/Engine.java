package io.cartwheel.server.config;

/** What keeps the records. */
public enum Engine {
  /** On disk, in one RocksDB database. */
  ROCKSDB,
  /** In the heap, gone with the process. */
  MEMORY
}
