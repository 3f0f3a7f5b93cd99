package io.cartwheel.storage.rocksdb;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.port.StorageEngine;
import io.cartwheel.core.port.StorageEngine.ReadResult;
import io.cartwheel.storage.HintsContract;
import io.cartwheel.storage.ShardCaller;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.DBOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

class RocksDbHintsTest extends HintsContract {
  @TempDir Path directory;
  private Optional<RocksDbStore> opened = Optional.empty();

  @Override
  protected StorageEngine open(Executor shardThread) throws IOException {
    var store = RocksDbStore.open(RocksDbSettings.in(directory), StoreListener.NONE);
    opened = Optional.of(store);
    return store.forShard(shardThread);
  }

  @Override
  protected void close() throws IOException {
    opened.orElseThrow().close();
  }

  @Override
  protected boolean outlivesClosing() {
    return true;
  }

  @Test
  void aStoreOfBeforeThereWereHintsOpensAndTakesThem(@TempDir Path old) throws Exception {
    byte[] key = StoredKey.of(Records.address(1));
    openBeforeHints(old, rocks -> rocks.put(key, new byte[] {1}));
    try (var store = RocksDbStore.open(RocksDbSettings.in(old), StoreListener.NONE);
        var shard = new ShardCaller(store::forShard)) {
      var record = Bytes.wrap(new byte[] {1});
      assertThat(shard.read(Records.address(1))).isEqualTo(new ReadResult.Found(record));
      assertThat(shard.commit(Records.address(1), Optional.of(record), Optional.of(record)))
          .isEqualTo(Records.WRITTEN);
      assertThat(Records.hints(shard)).containsOnlyKeys(Records.address(1));
    }
  }

  @Test
  void aStoreWithHintsIsRefusedByAVersionThatKnowsNone(@TempDir Path store) throws Exception {
    RocksDbStore.open(RocksDbSettings.in(store), StoreListener.NONE).close();

    assertThatThrownBy(() -> openBeforeHints(store, rocks -> {}))
        .isInstanceOf(RocksDBException.class)
        .hasMessageContaining("hints");
  }

  private interface Use {
    void with(RocksDB rocks) throws RocksDBException;
  }

  /** Opens a database as versions before hints did. */
  private static void openBeforeHints(Path directory, Use use) throws RocksDBException {
    var families =
        List.of(
            new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY),
            new ColumnFamilyDescriptor("quarantine".getBytes(US_ASCII)));
    try (var options =
            new DBOptions().setCreateIfMissing(true).setCreateMissingColumnFamilies(true);
        RocksDB rocks = RocksDB.open(options, directory.toString(), families, new ArrayList<>())) {
      use.with(rocks);
    }
  }
}
