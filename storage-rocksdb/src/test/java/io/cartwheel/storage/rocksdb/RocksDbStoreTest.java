package io.cartwheel.storage.rocksdb;

import static io.cartwheel.storage.rocksdb.Records.WRITTEN;
import static io.cartwheel.storage.rocksdb.Records.address;
import static io.cartwheel.storage.rocksdb.Records.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.cartwheel.core.port.StorageEngine.ReadResult;
import io.cartwheel.core.port.StorageEngine.WriteResult;
import io.cartwheel.storage.ShardCaller;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RocksDbStoreTest {
  private static final long MIB = 1 << 20;

  @TempDir Path directory;
  private final HeardEvents heard = new HeardEvents();

  @Test
  void readsFromDiskWhatTheCacheDoesNotHold() throws Exception {
    try (var store = open(small());
        var shard = new ShardCaller(store::forShard)) {
      Records.write(shard, 8000, 1000);
    }
    try (var store = open(small());
        var shard = new ShardCaller(store::forShard)) {
      Records.check(shard, 8000, 1000);

      assertThat(store.statistics().diskReads()).isGreaterThan(1000);
    }
  }

  @Test
  void theSequenceRisesWithEachWriteAndIsTheSameAfterAnOpening() throws Exception {
    long before;
    try (var store = open(small());
        var shard = new ShardCaller(store::forShard)) {
      Records.write(shard, 3000, 1000);
      before = store.sequence();
      Records.write(shard, 1, 10);
      assertThat(store.sequence()).isGreaterThan(before);
      before = store.sequence();
    }
    try (var store = open(small())) {
      assertThat(store.sequence()).isEqualTo(before);
    }
  }

  @Test
  void readsInlineWhatWasJustWritten() throws Exception {
    try (var store = open(RocksDbSettings.in(directory));
        var shard = new ShardCaller(store::forShard)) {
      Records.write(shard, 1000, 1000);
      Records.check(shard, 1000, 1000);

      assertThat(store.statistics().diskReads()).isZero();
      assertThat(store.statistics().inlineReads()).isEqualTo(1000);
      assertThat(store.statistics().inlineWrites()).isEqualTo(1000);
    }
  }

  @Test
  void writesFasterThanTheDatabaseFlushesWaitAndAllLand() throws Exception {
    try (var store = open(small());
        var shard = new ShardCaller(store::forShard)) {
      int written = 0;
      while (store.statistics().delayedWrites() < 100 && written < 500_000) {
        written += writeTogether(shard, written, 2000);
      }
      assertThat(store.statistics().delayedWrites()).isGreaterThanOrEqualTo(100);

      for (int i = 0; i < written; i += 101) {
        assertThat(shard.read(address(i))).isEqualTo(new ReadResult.Found(record(i, 4000)));
      }
    }
  }

  @Test
  void shardsShareTheStore() throws Exception {
    try (var store = open(RocksDbSettings.in(directory));
        var one = new ShardCaller(store::forShard);
        var other = new ShardCaller(store::forShard)) {
      Records.write(one, 100, 100);
      Records.check(other, 100, 100);
    }
  }

  @Test
  void closingUnderLoadLosesNothingThatWasAcknowledged() throws Exception {
    var answers = new ArrayList<CompletableFuture<WriteResult>>();
    var store = open(RocksDbSettings.in(directory));
    try (var one = new ShardCaller(store::forShard);
        var other = new ShardCaller(store::forShard)) {
      for (int i = 0; i < 20_000; i++) {
        ShardCaller shard = i % 2 == 0 ? one : other;
        answers.add(shard.startWrite(address(i), record(i, i % 500 == 0 ? 300_000 : 1000)));
      }
      ShardCaller.await(answers.get(5000));
      store.close();
      answers.forEach(ShardCaller::await);
    }
    try (var again = open(RocksDbSettings.in(directory));
        var shard = new ShardCaller(again::forShard)) {
      for (int i = 0; i < answers.size(); i++) {
        if (ShardCaller.await(answers.get(i)).equals(WRITTEN)) {
          assertThat(shard.read(address(i))).isInstanceOf(ReadResult.Found.class);
        }
      }
    }
  }

  @Test
  void writesAreSyncedWithinTheIntervalAndIdlenessIsNot() throws Exception {
    var settings = RocksDbSettings.in(directory).withSyncInterval(Duration.ofMillis(5));
    try (var store = open(settings);
        var shard = new ShardCaller(store::forShard)) {
      Records.write(shard, 1, 100);
      await().until(() -> !heard.syncs.isEmpty());
      await().pollDelay(Duration.ofMillis(100)).until(() -> store.statistics().syncs() <= 2);

      assertThat(heard.syncs).hasSize((int) store.statistics().syncs());
    }
  }

  @Test
  void closingSyncsTheLastWrites() throws Exception {
    var settings = RocksDbSettings.in(directory).withSyncInterval(Duration.ofHours(1));
    try (var store = open(settings);
        var shard = new ShardCaller(store::forShard)) {
      Records.write(shard, 10, 100);
    }

    assertThat(heard.syncs).hasSize(1);
    assertThat(heard.failures).isEmpty();
  }

  @Test
  void aDroppedPartitionGivesItsSpaceBack() throws Exception {
    try (var store = open(small());
        var shard = new ShardCaller(store::forShard)) {
      Records.write(shard, 16_000, 1000);
      await().until(() -> store.statistics().diskBytes() > 8 * MIB);
      for (int partition = 0; partition < 15; partition++) {
        assertThat(shard.drop(partition)).isEqualTo(WRITTEN);
      }

      await().atMost(Duration.ofSeconds(30)).until(() -> store.statistics().diskBytes() < 4 * MIB);
      assertThat(shard.read(address(15))).isEqualTo(new ReadResult.Found(record(15, 1000)));
    }
  }

  @Test
  void statisticsSayWhatItHolds() throws Exception {
    var store = open(RocksDbSettings.in(directory));
    try (store;
        var shard = new ShardCaller(store::forShard)) {
      Records.write(shard, 1000, 1000);

      assertThat(store.statistics().writtenBytes()).isEqualTo(1_000_000);
      assertThat(store.statistics().bufferBytes()).isGreaterThan(1_000_000);
    }
    assertThat(store.statistics().bufferBytes()).isZero();
  }

  @Test
  void aStoreInUseDoesNotOpenAgain() throws Exception {
    try (var first = open(RocksDbSettings.in(directory))) {
      assertThat(first.failure()).isEmpty();
      assertThatThrownBy(() -> open(RocksDbSettings.in(directory)))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("lock");
    }
  }

  @Test
  void aStoreWithoutItsManifestDoesNotOpenAsAnEmptyOne() throws Exception {
    open(RocksDbSettings.in(directory)).close();
    for (Path file : list("MANIFEST-")) {
      Files.delete(file);
    }

    assertThatThrownBy(() -> open(RocksDbSettings.in(directory)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("MANIFEST");
  }

  @Test
  void closingTwiceDoesNoHarmAndNoShardJoinsAfterwards() throws Exception {
    RocksDbStore store = open(RocksDbSettings.in(directory));
    store.close();
    store.close();

    assertThatThrownBy(() -> store.forShard(Runnable::run))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void settingsRefuseWhatNoDatabaseCanRunWith() {
    var settings = RocksDbSettings.in(directory);
    assertThatThrownBy(() -> settings.withBlockCacheBytes(0)).hasMessageContaining("cache");
    assertThatThrownBy(() -> settings.withWriteBufferBytes(10)).hasMessageContaining("buffer");
    assertThatThrownBy(() -> settings.withSyncInterval(Duration.ZERO)).hasMessageContaining("sync");
    assertThatThrownBy(() -> settings.withReaderThreads(0)).hasMessageContaining("reader");
    assertThatThrownBy(() -> settings.withQuarantineBytes(-1)).hasMessageContaining("quarantine");
  }

  private RocksDbStore open(RocksDbSettings settings) throws IOException {
    return RocksDbStore.open(settings, heard);
  }

  private RocksDbSettings small() {
    return RocksDbSettings.in(directory).withBlockCacheBytes(MIB).withWriteBufferBytes(MIB);
  }

  private List<Path> list(String prefix) throws IOException {
    try (var files = Files.list(directory)) {
      return files.filter(file -> file.getFileName().toString().startsWith(prefix)).toList();
    }
  }

  private static int writeTogether(ShardCaller shard, int from, int count) {
    var answers = new ArrayList<CompletableFuture<WriteResult>>();
    for (int i = from; i < from + count; i++) {
      answers.add(shard.startWrite(address(i), record(i, 4000)));
    }
    answers.forEach(answer -> assertThat(ShardCaller.await(answer)).isEqualTo(WRITTEN));
    return count;
  }
}
