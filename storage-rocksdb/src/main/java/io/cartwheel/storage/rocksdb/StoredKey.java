package io.cartwheel.storage.rocksdb;

import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.item.Decoder;
import io.cartwheel.core.item.ItemKey;
import io.cartwheel.core.item.MalformedException;
import io.cartwheel.core.port.StorageEngine.Address;

/**
 * What a record is stored under: the partition in four bytes, then the encoded item key.
 *
 * <p>The database orders keys as unsigned bytes, so the records of a partition are neighbours, in
 * the order of their encoded keys.
 */
final class StoredKey {
  static final int PARTITION_BYTES = 4;

  /** Three lengths, each a varint of two bytes at most, and the names. */
  static final int MAX_BYTES =
      PARTITION_BYTES + 3 * 2 + 2 * ItemKey.MAX_NAME_BYTES + ItemKey.MAX_KEY_BYTES;

  private StoredKey() {}

  /** Writes the key into an array of {@link #MAX_BYTES} and returns its length. */
  static int encode(Address address, byte[] into) {
    Bytes key = address.key().encoded();
    putPartition(address.partition(), into);
    key.copyTo(into, PARTITION_BYTES);
    return PARTITION_BYTES + key.length();
  }

  static byte[] of(Address address) {
    Bytes key = address.key().encoded();
    byte[] stored = new byte[PARTITION_BYTES + key.length()];
    putPartition(address.partition(), stored);
    key.copyTo(stored, PARTITION_BYTES);
    return stored;
  }

  /** What every key of the partition starts with: the least key that it could have. */
  static byte[] prefixOf(int partition) {
    byte[] prefix = new byte[PARTITION_BYTES];
    putPartition(partition, prefix);
    return prefix;
  }

  static Address decode(byte[] stored) throws MalformedException {
    var from = new Decoder(Bytes.wrap(stored));
    int partition = from.fixed32();
    ItemKey key = ItemKey.decode(from);
    from.end();
    return new Address(partition, key);
  }

  private static void putPartition(int partition, byte[] into) {
    if (partition < 0) {
      throw new IllegalArgumentException("partition " + partition);
    }
    for (int i = 0; i < PARTITION_BYTES; i++) {
      into[i] = (byte) (partition >>> (PARTITION_BYTES - 1 - i) * Byte.SIZE);
    }
  }
}
