package io.cartwheel.storage.rocksdb;

import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/** What an exception of the database means to its caller. */
enum Fault {
  /** The answer is not in memory, or the write would have to wait. */
  WOULD_WAIT,
  /** The disk is full; the database goes on by itself once there is room. */
  FULL,
  /** Stored bytes are not what was written. */
  DAMAGED,
  /** This call was turned down; the next may not be. */
  REFUSED,
  /** The disk or the database broke its word. */
  BROKEN;

  static Fault of(RocksDBException exception) {
    Status status = exception.getStatus();
    if (status == null) {
      return BROKEN;
    }
    if (status.getSubCode() == Status.SubCode.NoSpace) {
      return FULL;
    }
    return switch (status.getCode()) {
      case Incomplete -> WOULD_WAIT;
      case Corruption -> DAMAGED;
      case Busy, TimedOut, TryAgain, Aborted, Expired, ShutdownInProgress -> REFUSED;
      case InvalidArgument, NotSupported -> REFUSED;
      case Ok, NotFound, IOError, MergeInProgress, Undefined -> BROKEN;
    };
  }

  /** The exception in words for the log; never users' data. */
  static String words(RocksDBException exception) {
    String message = exception.getMessage();
    Status status = exception.getStatus();
    if (status == null || message == null) {
      return String.valueOf(message);
    }
    String code = status.getCodeString();
    return message.startsWith(code) ? message : code + ": " + message;
  }
}
