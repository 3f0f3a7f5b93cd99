package io.cartwheel.storage.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.item.ItemKey;
import io.cartwheel.core.port.StorageEngine.Address;
import io.cartwheel.core.port.StorageEngine.Entry;
import io.cartwheel.core.port.StorageEngine.ReadResult;
import io.cartwheel.core.port.StorageEngine.ScanResult;
import io.cartwheel.core.port.StorageEngine.Start;
import io.cartwheel.core.port.StorageEngine.WriteResult;
import io.cartwheel.storage.ShardCaller;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Records for tests: which one belongs to a number, so that it can be checked later. */
final class Records {
  static final WriteResult WRITTEN = new WriteResult.Written();

  private static final int PARTITIONS = 16;

  private Records() {}

  static Address address(int number) {
    return new Address(number % PARTITIONS, ItemKey.of("bucket", "key " + number));
  }

  /** Incompressible, and different for each number. */
  static Bytes record(int number, int length) {
    byte[] array = new byte[length];
    new Random(number).nextBytes(array);
    return Bytes.wrap(array);
  }

  static void write(ShardCaller shard, int count, int length) {
    for (int i = 0; i < count; i++) {
      assertThat(shard.write(address(i), record(i, length))).isEqualTo(WRITTEN);
    }
  }

  /** All hints of the store. */
  static Map<Address, Bytes> hints(ShardCaller shard) {
    var hints = new HashMap<Address, Bytes>();
    for (int partition = 0; partition < PARTITIONS; partition++) {
      for (Entry entry : entries(shard.scanHints(partition, Start.FIRST, Integer.MAX_VALUE))) {
        hints.put(new Address(partition, entry.key()), entry.record());
      }
    }
    return hints;
  }

  private static List<Entry> entries(ScanResult result) {
    assertThat(result).isInstanceOf(ScanResult.Batch.class);
    return ((ScanResult.Batch) result).entries();
  }

  static void check(ShardCaller shard, int count, int length) {
    for (int i = 0; i < count; i++) {
      assertThat(shard.read(address(i))).isEqualTo(new ReadResult.Found(record(i, length)));
    }
  }
}
