package io.cartwheel.storage.rocksdb;

import io.cartwheel.core.item.MalformedException;
import io.cartwheel.core.port.StorageEngine;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import org.rocksdb.RocksDBException;

/**
 * A node's records in one RocksDB database, which all of its shards share.
 *
 * <p>Durability: a write is answered once the log is with the operating system; the log is fsynced
 * every {@link RocksDbSettings#syncInterval}. After a failed fsync or a failed write nothing is
 * acknowledged any more ({@link #failure}), but a full disk passes by itself. Any thread may call
 * this class; the views it hands out belong to a shard each.
 */
public final class RocksDbStore implements AutoCloseable {
  /** How long closing waits for work under way, once before and once after making it give up. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Database database;
  private final Health health;
  private final Counters counters = new Counters();
  private final Syncer syncer;
  private final StoreParts parts;
  private final CopyOnWriteArrayList<ShardView> views = new CopyOnWriteArrayList<>();

  /** Held by whoever is in the database but for the views and the store's own threads. */
  private final ReentrantLock inside = new ReentrantLock();

  private boolean closed;

  private RocksDbStore(Database database, RocksDbSettings settings, StoreListener listener)
      throws RocksDBException {
    this.database = database;
    health = new Health(listener);
    var quarantine = new Quarantine(database, settings.quarantineBytes());
    var workers = new Workers(settings.readerThreads());
    var log = new LogFiles(settings.directory(), database::sequence);
    syncer = new Syncer(log, health, listener, counters);
    parts =
        new StoreParts(
            database, new Writes(health), quarantine, workers, syncer, counters, listener);
    syncer.start(settings.syncInterval());
  }

  /**
   * Opens the database, making it first where there is none.
   *
   * @throws IOException when it can't be opened: in use, damaged, of a newer version, no room
   */
  public static RocksDbStore open(RocksDbSettings settings, StoreListener listener)
      throws IOException {
    Database database = Database.open(settings);
    try {
      return new RocksDbStore(database, settings, listener);
    } catch (RocksDBException e) {
      database.close();
      throw new IOException("the quarantine is unreadable: " + Fault.words(e), e);
    }
  }

  /**
   * A view for one shard.
   *
   * @param shardThread runs what it is given on the shard's thread, in order
   */
  public StorageEngine forShard(Executor shardThread) {
    inside.lock();
    try {
      if (closed) {
        throw new IllegalStateException("the store is closed");
      }
      var view = new ShardView(parts, shardThread);
      views.add(view);
      return view;
    } finally {
      inside.unlock();
    }
  }

  /** Why no write is acknowledged any more; empty in health. */
  public Optional<String> failure() {
    return health.failure();
  }

  /** Whether the last writes were refused because the disk is full. */
  public boolean isFull() {
    return health.isFull();
  }

  /** Rises with each write, and is at an opening what it was at the last one's end; closed, 0. */
  public long sequence() {
    inside.lock();
    try {
      return closed ? 0 : database.sequence();
    } finally {
      inside.unlock();
    }
  }

  /** What the store did and holds; once closed, it holds nothing. */
  public StoreStatistics statistics() {
    inside.lock();
    try {
      return counters.with(closed ? new Footprint(0, 0, 0) : database.footprint());
    } finally {
      inside.unlock();
    }
  }

  /**
   * The oldest damaged records that were set aside and are still kept.
   *
   * @param limit how many at most
   */
  public List<QuarantinedRecord> quarantined(int limit) throws IOException {
    inside.lock();
    try {
      if (closed) {
        throw new IOException("the store is closed");
      }
      return parts.quarantine().list(limit);
    } catch (RocksDBException e) {
      throw new IOException("the quarantine is unreadable: " + Fault.words(e), e);
    } catch (MalformedException e) {
      throw new IOException("the quarantine is unreadable: " + e.getMessage(), e);
    } finally {
      inside.unlock();
    }
  }

  /**
   * Ends all work, fsyncs the log and closes the database; without effect the second time.
   *
   * <p>Shards may still call their views: what they ask fails from here on. What is under way is
   * finished first, as long as that takes seconds.
   *
   * @throws IOException when the last writes may not survive a power failure, or work hangs; the
   *     next opening recovers from the log
   */
  @Override
  public void close() throws IOException {
    end(true);
    if (health.failure().isPresent()) {
      throw new IOException("the store has failed: " + health.failure().get());
    }
  }

  /**
   * As {@link #close}, but without the last fsync: leaves what a killed process would.
   *
   * @throws IOException when work hangs
   */
  public void abandon() throws IOException {
    end(false);
  }

  private void end(boolean durably) throws IOException {
    inside.lock();
    try {
      if (!closed) {
        closed = true;
        views.forEach(ShardView::close);
        if (!endWork(durably)) {
          // Closing beneath a thread that is still in the database would crash the process.
          throw new IOException("the disk does not answer: the store is left as after a crash");
        }
        database.close();
      }
    } finally {
      inside.unlock();
    }
  }

  /** Whether all threads are out of the database. */
  private boolean endWork(boolean durably) {
    Workers workers = parts.workers();
    workers.shutdown();
    workers.awaitRequests(PATIENCE);
    database.stopBackgroundWork();
    return workers.awaitAll(PATIENCE) && (durably ? syncer.close(PATIENCE) : syncer.end(PATIENCE));
  }
}
