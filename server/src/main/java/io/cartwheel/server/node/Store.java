package io.cartwheel.server.node;

import io.cartwheel.core.port.StorageEngine;
import io.cartwheel.server.config.ConfigKeys;
import io.cartwheel.server.config.Configuration;
import io.cartwheel.server.metrics.StoreMeters;
import io.cartwheel.storage.memory.MemoryEngine;
import io.cartwheel.storage.rocksdb.RocksDbSettings;
import io.cartwheel.storage.rocksdb.RocksDbStore;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Executor;

/** A node's records, by whichever engine was chosen. */
interface Store extends AutoCloseable {
  /** A shard's view; called back on the shard's thread. */
  StorageEngine forShard(Executor shardThread);

  /** Why writes are refused now, if they are. */
  Optional<String> trouble();

  /** Names what the store holds now: any write changes it. Empty in memory. */
  String mark();

  /** Whether what was written is there at the next start. */
  boolean outlivesProcess();

  @Override
  void close() throws IOException;

  /** Ends without a last fsync: what a killed process leaves. */
  void abandon() throws IOException;

  static Store open(Configuration config, Path folder, MeterRegistry meters) throws IOException {
    return switch (config.get(ConfigKeys.ENGINE)) {
      case MEMORY -> new InMemory();
      case ROCKSDB -> OnDisk.open(config, folder, meters);
    };
  }

  /** A store whose shards see their engine through something. */
  record Wrapped(Store store, EngineWrap wrap) implements Store {
    @Override
    public StorageEngine forShard(Executor shardThread) {
      return wrap.around(store.forShard(shardThread), shardThread);
    }

    @Override
    public Optional<String> trouble() {
      return store.trouble();
    }

    @Override
    public String mark() {
      return store.mark();
    }

    @Override
    public boolean outlivesProcess() {
      return store.outlivesProcess();
    }

    @Override
    public void close() throws IOException {
      store.close();
    }

    @Override
    public void abandon() throws IOException {
      store.abandon();
    }
  }

  /** Each shard keeps its own: a partition belongs to one shard. */
  final class InMemory implements Store {
    @Override
    public StorageEngine forShard(Executor shardThread) {
      return new MemoryEngine();
    }

    @Override
    public Optional<String> trouble() {
      return Optional.empty();
    }

    @Override
    public String mark() {
      return "";
    }

    @Override
    public boolean outlivesProcess() {
      return false;
    }

    @Override
    public void close() {}

    @Override
    public void abandon() {}
  }

  /** One database for all shards. */
  record OnDisk(RocksDbStore database) implements Store {
    private static OnDisk open(Configuration config, Path folder, MeterRegistry meters)
        throws IOException {
      var settings =
          new RocksDbSettings(
              folder,
              config.get(ConfigKeys.BLOCK_CACHE),
              config.get(ConfigKeys.WRITE_BUFFER),
              config.get(ConfigKeys.SYNC_INTERVAL),
              config.get(ConfigKeys.READER_THREADS),
              config.get(ConfigKeys.QUARANTINE));
      var storeMeters = new StoreMeters(meters);
      RocksDbStore database = RocksDbStore.open(settings, storeMeters);
      storeMeters.watch(meters, database);
      return new OnDisk(database);
    }

    @Override
    public StorageEngine forShard(Executor shardThread) {
      return database.forShard(shardThread);
    }

    @Override
    public Optional<String> trouble() {
      return database.isFull() ? Optional.of("the disk is full") : database.failure();
    }

    @Override
    public String mark() {
      return "rocksdb " + database.sequence();
    }

    @Override
    public boolean outlivesProcess() {
      return true;
    }

    @Override
    public void close() throws IOException {
      database.close();
    }

    @Override
    public void abandon() throws IOException {
      database.abandon();
    }
  }
}
