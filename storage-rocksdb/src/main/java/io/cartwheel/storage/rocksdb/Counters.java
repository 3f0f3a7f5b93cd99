package io.cartwheel.storage.rocksdb;

import java.util.concurrent.atomic.LongAdder;

/** What a store counts, from all of its threads. */
final class Counters {
  final LongAdder inlineReads = new LongAdder();
  final LongAdder diskReads = new LongAdder();
  final LongAdder inlineWrites = new LongAdder();
  final LongAdder delayedWrites = new LongAdder();
  final LongAdder writtenBytes = new LongAdder();
  final LongAdder syncs = new LongAdder();
  final LongAdder quarantined = new LongAdder();

  /** The counts together with what the database takes up. */
  StoreStatistics with(Footprint footprint) {
    return new StoreStatistics(
        inlineReads.sum(),
        diskReads.sum(),
        inlineWrites.sum(),
        delayedWrites.sum(),
        writtenBytes.sum(),
        syncs.sum(),
        quarantined.sum(),
        footprint.diskBytes(),
        footprint.bufferBytes(),
        footprint.cacheBytes());
  }
}
