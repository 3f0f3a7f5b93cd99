package io.cartwheel.storage.rocksdb;

/**
 * What a store did since it was opened and holds now.
 *
 * @param inlineReads reads answered from memory on the shard's thread
 * @param diskReads reads that a reader thread did
 * @param inlineWrites writes done on the shard's thread
 * @param delayedWrites writes that had to wait for the database on the writer thread
 * @param writtenBytes bytes of keys and records written
 * @param syncs how often the log was fsynced
 * @param quarantined how many damaged records were set aside
 * @param diskBytes size of the table files
 * @param bufferBytes memory of the write buffers
 * @param cacheBytes memory of the block cache in use
 */
public record StoreStatistics(
    long inlineReads,
    long diskReads,
    long inlineWrites,
    long delayedWrites,
    long writtenBytes,
    long syncs,
    long quarantined,
    long diskBytes,
    long bufferBytes,
    long cacheBytes) {}
