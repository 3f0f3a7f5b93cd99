package io.cartwheel.storage.rocksdb;

import io.cartwheel.core.port.StorageEngine;
import io.cartwheel.core.port.StorageEngine.Entry;
import io.cartwheel.storage.StorageEngineContract;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.io.TempDir;

class RocksDbEngineTest extends StorageEngineContract {
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

  @Override
  protected List<Entry> quarantined() throws IOException {
    return opened.orElseThrow().quarantined(10).stream()
        .map(record -> new Entry(record.address().key(), record.record()))
        .toList();
  }
}
