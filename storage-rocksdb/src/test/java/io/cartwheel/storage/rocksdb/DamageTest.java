package io.cartwheel.storage.rocksdb;

import static io.cartwheel.storage.rocksdb.Records.WRITTEN;
import static io.cartwheel.storage.rocksdb.Records.address;
import static io.cartwheel.storage.rocksdb.Records.record;
import static org.assertj.core.api.Assertions.assertThat;

import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.port.StorageEngine.ReadResult;
import io.cartwheel.core.port.StorageEngine.ScanResult;
import io.cartwheel.core.port.StorageEngine.Start;
import io.cartwheel.storage.ShardCaller;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Flipped bits on disk are never shown as a record. */
class DamageTest {
  private static final int COUNT = 2000;
  private static final int LENGTH = 1000;

  @TempDir Path directory;
  private final HeardEvents heard = new HeardEvents();

  @Test
  void aFlippedByteIsToldAsDamageAndTheRestStaysReadable() throws Exception {
    writeTables();
    flipAByteInEachTable();
    try (var store = open();
        var shard = new ShardCaller(store::forShard)) {
      List<Integer> damaged = damaged(shard);

      assertThat(damaged).isNotEmpty().hasSizeLessThan(100);
      assertThat(shard.scan(address(damaged.getFirst()).partition(), Start.FIRST, COUNT))
          .isInstanceOf(ScanResult.Failed.class);
    }
  }

  @Test
  void aDamagedRecordIsReplacedAndTheDamageRemembered() throws Exception {
    writeTables();
    flipAByteInEachTable();
    Bytes replacement = Bytes.utf8("replacement");
    try (var store = open();
        var shard = new ShardCaller(store::forShard)) {
      List<Integer> damaged = damaged(shard);
      for (int number : damaged) {
        assertThat(shard.quarantine(address(number), replacement)).isEqualTo(WRITTEN);
        assertThat(shard.read(address(number))).isEqualTo(new ReadResult.Found(replacement));
      }

      assertThat(heard.quarantines).hasSameSizeAs(damaged);
      assertThat(store.statistics().quarantined()).isEqualTo(damaged.size());
      assertThat(store.quarantined(1000))
          .hasSameSizeAs(damaged)
          .allSatisfy(aside -> assertThat(aside.record()).isEqualTo(Bytes.EMPTY))
          .extracting(QuarantinedRecord::address)
          .containsExactlyElementsOf(damaged.stream().map(Records::address).toList());
    }
  }

  @Test
  void theQuarantineForgetsTheOldestPastItsLimitAlsoAcrossRestarts() throws Exception {
    var settings = RocksDbSettings.in(directory).withQuarantineBytes(10_500);
    for (int round = 0; round < 3; round++) {
      try (var store = RocksDbStore.open(settings, heard);
          var shard = new ShardCaller(store::forShard)) {
        for (int i = 5 * round; i < 5 * round + 5; i++) {
          assertThat(shard.write(address(i), record(i, LENGTH))).isEqualTo(WRITTEN);
          assertThat(shard.quarantine(address(i), Bytes.utf8("v"))).isEqualTo(WRITTEN);
        }
      }
    }
    try (var store = RocksDbStore.open(settings, heard)) {
      assertThat(store.quarantined(100))
          .extracting(QuarantinedRecord::address)
          .containsExactlyElementsOf(IntStream.range(5, 15).mapToObj(Records::address).toList());
    }
  }

  @Test
  void aRecordLargerThanTheQuarantineIsReplacedAllTheSame() throws Exception {
    var settings = RocksDbSettings.in(directory).withQuarantineBytes(0);
    try (var store = RocksDbStore.open(settings, heard);
        var shard = new ShardCaller(store::forShard)) {
      Records.write(shard, 1, LENGTH);
      assertThat(shard.quarantine(address(0), Bytes.utf8("v"))).isEqualTo(WRITTEN);

      assertThat(shard.read(address(0))).isEqualTo(new ReadResult.Found(Bytes.utf8("v")));
      assertThat(store.quarantined(100)).isEmpty();
    }
  }

  private RocksDbStore open() throws IOException {
    return RocksDbStore.open(RocksDbSettings.in(directory), heard);
  }

  /** Writes records, and opens once more, which brings them from the log into tables. */
  private void writeTables() throws Exception {
    try (var store = open();
        var shard = new ShardCaller(store::forShard)) {
      Records.write(shard, COUNT, LENGTH);
    }
    open().close();
  }

  private void flipAByteInEachTable() throws IOException {
    try (var files = Files.list(directory)) {
      for (Path table : files.filter(file -> file.toString().endsWith(".sst")).toList()) {
        try (var file = new RandomAccessFile(table.toFile(), "rw")) {
          long middle = file.length() / 2;
          file.seek(middle);
          int old = file.read();
          file.seek(middle);
          file.write(old ^ 1);
        }
      }
    }
  }

  private static List<Integer> damaged(ShardCaller shard) {
    return IntStream.range(0, COUNT)
        .filter(i ->
            switch (shard.read(address(i))) {
              case ReadResult.Damaged _ -> true;
              case ReadResult other -> {
                assertThat(other).isEqualTo(new ReadResult.Found(record(i, LENGTH)));
                yield false;
              }
            })
        .boxed()
        .toList();
  }
}
