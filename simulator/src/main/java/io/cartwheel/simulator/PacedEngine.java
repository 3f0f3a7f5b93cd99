package io.cartwheel.simulator;

import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.port.Clock;
import io.cartwheel.core.port.StorageEngine;
import io.cartwheel.core.port.Timers;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * An engine that does so much a second and no more, one thing after the other: for trials that need
 * to know a node's capacity. What it can't do at once waits, however long that takes.
 */
public final class PacedEngine implements StorageEngine {
  private final StorageEngine engine;
  private final Pace pace;
  private final Clock clock;
  private final Timers timers;

  /** The capacity that the shards of one node share; for any thread. */
  public static final class Pace {
    private final long eachNanos;
    private final AtomicLong busyUntil = new AtomicLong(Long.MIN_VALUE);

    public Pace(int perSecond) {
      eachNanos = 1_000_000_000L / perSecond;
    }

    /** When the next thing is done, if it is asked for now. */
    private long doneNanos(long nowNanos) {
      return busyUntil.updateAndGet(busy -> Math.max(busy, nowNanos) + eachNanos);
    }
  }

  public PacedEngine(StorageEngine engine, Pace pace, Clock clock, Timers timers) {
    this.engine = engine;
    this.pace = pace;
    this.clock = clock;
    this.timers = timers;
  }

  private void inTurn(Runnable work) {
    long now = clock.nanos();
    timers.after(pace.doneNanos(now) - now, work);
  }

  @Override
  public void read(Address address, Consumer<ReadResult> done) {
    inTurn(() -> engine.read(address, done));
  }

  @Override
  public void write(Address address, Bytes record, Consumer<WriteResult> done) {
    inTurn(() -> engine.write(address, record, done));
  }

  @Override
  public void commit(
      Address address, Optional<Bytes> record, Optional<Bytes> hint, Consumer<WriteResult> done) {
    inTurn(() -> engine.commit(address, record, hint, done));
  }

  @Override
  public void quarantine(Address address, Bytes replacement, Consumer<WriteResult> done) {
    inTurn(() -> engine.quarantine(address, replacement, done));
  }

  @Override
  public void scan(int partition, Start after, int limit, Consumer<ScanResult> done) {
    engine.scan(partition, after, limit, done);
  }

  @Override
  public void scanHints(int partition, Start after, int limit, Consumer<ScanResult> done) {
    engine.scanHints(partition, after, limit, done);
  }

  @Override
  public void sync(Consumer<WriteResult> done) {
    engine.sync(done);
  }

  @Override
  public void drop(int partition, Consumer<WriteResult> done) {
    engine.drop(partition, done);
  }
}
