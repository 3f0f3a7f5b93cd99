package io.cartwheel.storage.rocksdb;

import io.cartwheel.core.port.StorageEngine.WriteResult;
import java.util.Optional;
import org.rocksdb.RocksDBException;

/** Does writes, and says how they went: to their callers, and to the store's health. */
final class Writes {
  /** A write to the database. */
  interface Write {
    void run() throws RocksDBException;
  }

  private static final WriteResult WRITTEN = new WriteResult.Written();

  private final Health health;

  Writes(Health health) {
    this.health = health;
  }

  /**
   * Does the write unless it would have to wait: then the answer is empty, and nothing was done.
   */
  Optional<WriteResult> tryNow(Write write) {
    if (health.failure().isPresent()) {
      return Optional.of(failed());
    }
    try {
      write.run();
    } catch (RocksDBException e) {
      return Fault.of(e) == Fault.WOULD_WAIT ? Optional.empty() : Optional.of(failed(e));
    }
    return Optional.of(written());
  }

  WriteResult attempt(Write write) {
    if (health.failure().isPresent()) {
      return failed();
    }
    try {
      write.run();
    } catch (RocksDBException e) {
      return failed(e);
    }
    return written();
  }

  /** An answer that waited for its shard no longer holds if an fsync failed in the meantime. */
  WriteResult stillTrue(WriteResult answer) {
    return answer.equals(WRITTEN) && health.failure().isPresent() ? failed() : answer;
  }

  /** A write that the log took is still not acknowledged if an fsync failed in the meantime. */
  private WriteResult written() {
    health.wrote();
    return health.failure().isPresent() ? failed() : WRITTEN;
  }

  private WriteResult failed() {
    return new WriteResult.Failed("the store has failed: " + health.failure().orElse(""));
  }

  private WriteResult failed(RocksDBException exception) {
    String reason = Fault.words(exception);
    return switch (Fault.of(exception)) {
      case WOULD_WAIT, REFUSED -> new WriteResult.Failed(reason);
      case FULL -> {
        health.wasFull(reason);
        yield new WriteResult.Failed("the disk is full: " + reason);
      }
      case DAMAGED, BROKEN -> {
        health.broke("a write failed: " + reason);
        yield failed();
      }
    };
  }
}
