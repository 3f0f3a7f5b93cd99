package io.cartwheel.storage.rocksdb;

import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.port.StorageEngine.Address;
import java.util.Optional;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/**
 * A key's record and its hint as they are from now on.
 *
 * <p>They are one entry of the log, and the log is whole before a table of either is kept (the
 * database syncs finished logs before it adds a table, once there is more than one column family):
 * so a crash and a power failure keep both or neither.
 */
record Commit(Address address, Optional<Bytes> record, Optional<Bytes> hint) {
  /** The bytes to be written, but for the keys. */
  long bytes() {
    return (long) length(record) + length(hint);
  }

  void to(Database database) throws RocksDBException {
    try (WriteBatch batch = batch(database)) {
      database.write(batch);
    }
  }

  /** Writes unless that would have to wait: {@link Fault#WOULD_WAIT}. */
  void atOnceTo(Database database) throws RocksDBException {
    try (WriteBatch batch = batch(database)) {
      database.writeAtOnce(batch);
    }
  }

  private WriteBatch batch(Database database) throws RocksDBException {
    byte[] key = StoredKey.of(address);
    var batch = new WriteBatch();
    set(batch, database.records, key, record);
    set(batch, database.hints, key, hint);
    return batch;
  }

  private static void set(
      WriteBatch batch, ColumnFamilyHandle family, byte[] key, Optional<Bytes> value)
      throws RocksDBException {
    if (value.isPresent()) {
      batch.put(family, key, value.get().toArray());
    } else {
      batch.delete(family, key);
    }
  }

  private static int length(Optional<Bytes> bytes) {
    return bytes.map(Bytes::length).orElse(0);
  }
}
