package io.cartwheel.storage.rocksdb;

import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.item.MalformedException;
import io.cartwheel.core.port.StorageEngine.ReadResult;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;

/**
 * Where damaged records are set aside: a column family ordered by time, bounded in bytes.
 *
 * <p>Its keys are the time in microseconds in eight bytes, then the record's own. Belongs to the
 * writer thread, but for {@link #list}.
 */
final class Quarantine {
  private static final byte[] UNREADABLE = {};

  private final Database database;
  private final long limitBytes;
  private long heldBytes;
  private long lastMicros;

  /** Counts what the quarantine holds already. */
  Quarantine(Database database, long limitBytes) throws RocksDBException {
    this.database = database;
    this.limitBytes = limitBytes;
    try (RocksIterator iterator = database.rocks.newIterator(database.quarantine)) {
      for (iterator.seekToFirst(); iterator.isValid(); iterator.next()) {
        heldBytes += sizeAt(iterator);
        lastMicros = ByteBuffer.wrap(iterator.key()).getLong();
      }
      iterator.status();
    }
  }

  /** Sets the record aside and puts the replacement in its place, both or neither. */
  void move(byte[] key, byte[] replacement) throws RocksDBException {
    byte[] damaged = find(key);
    byte[] place = place(key);
    long added = (long) place.length + damaged.length;
    try (var batch = new WriteBatch()) {
      batch.put(database.records, key, replacement);
      if (added <= limitBytes) {
        added -= makeRoom(batch, added);
        batch.put(database.quarantine, place, damaged);
      } else {
        added = 0;
      }
      database.write(batch);
    }
    heldBytes += added;
  }

  /** The oldest records set aside, so many at most. */
  List<QuarantinedRecord> list(int limit) throws RocksDBException, MalformedException {
    var records = new ArrayList<QuarantinedRecord>();
    try (RocksIterator iterator = database.rocks.newIterator(database.quarantine)) {
      iterator.seekToFirst();
      while (records.size() < limit && iterator.isValid()) {
        records.add(record(iterator.key(), iterator.value()));
        iterator.next();
      }
      iterator.status();
    }
    return records;
  }

  private byte[] find(byte[] key) throws RocksDBException {
    try {
      return database.read(key) instanceof ReadResult.Found(Bytes record)
          ? record.toArray()
          : UNREADABLE;
    } catch (RocksDBException e) {
      if (Fault.of(e) == Fault.DAMAGED) {
        return UNREADABLE;
      }
      throw e;
    }
  }

  private byte[] place(byte[] key) {
    long now = TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis());
    lastMicros = Math.max(lastMicros + 1, now);
    return ByteBuffer.allocate(Long.BYTES + key.length).putLong(lastMicros).put(key).array();
  }

  /** Removes the oldest until there is room, and says how many bytes went. */
  private long makeRoom(WriteBatch batch, long wantedBytes) throws RocksDBException {
    long freed = 0;
    try (RocksIterator iterator = database.rocks.newIterator(database.quarantine)) {
      iterator.seekToFirst();
      while (heldBytes - freed + wantedBytes > limitBytes && iterator.isValid()) {
        freed += sizeAt(iterator);
        batch.delete(database.quarantine, iterator.key());
        iterator.next();
      }
      iterator.status();
    }
    return freed;
  }

  private static long sizeAt(RocksIterator iterator) {
    return (long) iterator.key().length + iterator.value().length;
  }

  private static QuarantinedRecord record(byte[] place, byte[] damaged) throws MalformedException {
    long micros = ByteBuffer.wrap(place).getLong();
    byte[] key = Arrays.copyOfRange(place, Long.BYTES, place.length);
    var at = Instant.ofEpochMilli(TimeUnit.MICROSECONDS.toMillis(micros));
    return new QuarantinedRecord(at, StoredKey.decode(key), Bytes.wrap(damaged));
  }
}
