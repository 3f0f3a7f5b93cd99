/**
 * The storage engine on RocksDB, the default one (Dynamo §5: local persistence is pluggable).
 *
 * <p>A node has one database; each shard has a view of it. A partition's records share a key
 * prefix, so they are scanned and dropped as a unit. Durability is {@code interval}: a write is
 * answered once the log is with the operating system, so a killed process loses nothing, and the
 * log is fsynced every few milliseconds, so a power failure loses no more than that.
 *
 * <p>Threads: a shard's thread reads what memory holds and writes inline, and never waits for the
 * disk. What needs the disk goes to the store's own few threads and is called back through the
 * shard's executor.
 */
@NullMarked
package io.cartwheel.storage.rocksdb;

import org.jspecify.annotations.NullMarked;
