package io.cartwheel.storage.rocksdb;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Whether the disk keeps its word.
 *
 * <p>After a failed fsync the operating system may have thrown away pages that were promised to
 * callers, and would report the next fsync as good. So a failure is final for this process: no
 * write is answered with success after it. A full disk is not a failure: it passes.
 */
final class Health {
  private final StoreListener listener;
  private final AtomicBoolean full = new AtomicBoolean();
  private volatile Optional<String> failure = Optional.empty();

  Health(StoreListener listener) {
    this.listener = listener;
  }

  /** Why no write may be answered with success any more; empty in health. */
  Optional<String> failure() {
    return failure;
  }

  /** The disk broke its word. Only the first time counts. */
  void broke(String reason) {
    synchronized (this) {
      if (failure.isPresent()) {
        return;
      }
      failure = Optional.of(reason);
    }
    listener.failed(reason);
  }

  /** Whether the last write found no room. */
  boolean isFull() {
    return full.get();
  }

  /** A write found no room. */
  void wasFull(String reason) {
    if (full.compareAndSet(false, true)) {
      listener.full(reason);
    }
  }

  /** A write succeeded. */
  void wrote() {
    if (full.get() && full.compareAndSet(true, false)) {
      listener.roomAgain();
    }
  }
}
