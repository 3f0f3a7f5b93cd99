package io.cartwheel.storage.rocksdb;

import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.item.MalformedException;
import io.cartwheel.core.port.StorageEngine.Address;
import io.cartwheel.core.port.StorageEngine.Entry;
import io.cartwheel.core.port.StorageEngine.ScanResult;
import io.cartwheel.core.port.StorageEngine.Start;
import java.util.ArrayList;
import java.util.Arrays;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;

/** One batch of a partition's records or hints, read from one snapshot of the database. */
record PartitionScan(ColumnFamilyHandle family, int partition, Start after, int limit) {
  /** A batch ends with the record that brings it so far: some are a thousand times the usual. */
  private static final int BATCH_BYTES = 1 << 20;

  PartitionScan {
    if (limit < 1) {
      throw new IllegalArgumentException("a scan of " + limit + " entries");
    }
  }

  /** Reads from disk without driving what readers use out of the cache. */
  ScanResult in(Database database) throws RocksDBException {
    try (var end = new Slice(StoredKey.prefixOf(partition + 1));
        var options = new ReadOptions().setFillCache(false).setIterateUpperBound(end);
        RocksIterator iterator = database.rocks.newIterator(family, options)) {
      seek(iterator);
      var entries = new ArrayList<Entry>();
      int bytes = 0;
      while (entries.size() < limit && bytes < BATCH_BYTES && iterator.isValid()) {
        Address address = StoredKey.decode(iterator.key());
        byte[] record = iterator.value();
        entries.add(new Entry(address.key(), Bytes.wrap(record)));
        bytes += record.length;
        iterator.next();
      }
      iterator.status();
      return new ScanResult.Batch(entries, !iterator.isValid());
    } catch (MalformedException e) {
      return new ScanResult.Failed("a stored key is damaged: " + e.getMessage());
    }
  }

  private void seek(RocksIterator iterator) {
    switch (after) {
      case Start.First() -> iterator.seek(StoredKey.prefixOf(partition));
      case Start.After(var key) -> {
        byte[] last = StoredKey.of(new Address(partition, key));
        iterator.seek(last);
        if (iterator.isValid() && Arrays.equals(iterator.key(), last)) {
          iterator.next();
        }
      }
    }
  }
}
