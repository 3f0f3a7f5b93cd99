package io.cartwheel.server.metrics;

import io.cartwheel.storage.rocksdb.RocksDbStore;
import io.cartwheel.storage.rocksdb.StoreListener;
import io.cartwheel.storage.rocksdb.StoreStatistics;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.function.ToLongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the store does and what befalls it, as metrics and in the log. */
public final class StoreMeters implements StoreListener {
  private static final Logger LOG = LoggerFactory.getLogger("cartwheel.store");

  private final Timer sync;

  public StoreMeters(MeterRegistry registry) {
    sync =
        Timer.builder("cartwheel.fsync")
            .description("How long an fsync of the log takes")
            .publishPercentileHistogram()
            .register(registry);
  }

  /** Publishes the store's own figures. */
  public void watch(MeterRegistry registry, RocksDbStore store) {
    count(registry, store, "reads.memory", StoreStatistics::inlineReads);
    count(registry, store, "reads.disk", StoreStatistics::diskReads);
    count(registry, store, "writes", StoreStatistics::inlineWrites);
    count(registry, store, "writes.delayed", StoreStatistics::delayedWrites);
    count(registry, store, "written.bytes", StoreStatistics::writtenBytes);
    gauge(registry, store, "disk.bytes", StoreStatistics::diskBytes);
    gauge(registry, store, "buffer.bytes", StoreStatistics::bufferBytes);
    gauge(registry, store, "cache.bytes", StoreStatistics::cacheBytes);
    Gauge.builder("cartwheel.store.failed", store, s -> s.failure().isPresent() ? 1 : 0)
        .description("1 once the store refuses writes because the disk broke its word")
        .register(registry);
  }

  private static void count(
      MeterRegistry registry,
      RocksDbStore store,
      String name,
      ToLongFunction<StoreStatistics> figure) {
    FunctionCounter.builder(
            "cartwheel.store." + name, store, s -> figure.applyAsLong(s.statistics()))
        .register(registry);
  }

  private static void gauge(
      MeterRegistry registry,
      RocksDbStore store,
      String name,
      ToLongFunction<StoreStatistics> figure) {
    Gauge.builder("cartwheel.store." + name, store, s -> figure.applyAsLong(s.statistics()))
        .register(registry);
  }

  @Override
  public void synced(Duration took) {
    sync.record(took);
  }

  @Override
  public void failed(String reason) {
    LOG.error("The store refuses all writes until a restart: {}", reason);
  }

  @Override
  public void full(String reason) {
    LOG.error("The disk is full, writes are refused: {}", reason);
  }

  @Override
  public void roomAgain() {
    LOG.info("The disk has room again, writes are taken");
  }
}
