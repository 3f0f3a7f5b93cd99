package io.cartwheel.storage.rocksdb;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * The database's log as files, fsynced through descriptors of our own.
 *
 * <p>The database can fsync its log itself, but takes that for a write: asked between a write that
 * found the disk full and its own recovery, it answers the write's error again, and counts that one
 * as final. Then it never recovers when there is room again (facebook/rocksdb issues 11643, 12998).
 * A descriptor of our own tells what the disk says, and changes nothing for the database.
 *
 * <p>For one thread at a time.
 */
final class LogFiles implements Syncer.Log {
  private static final String NAMES = "*.log";

  private final Path directory;
  private final LongSupplier sequence;

  /** The logs whose names are safe in their directory. */
  private Set<Path> known = Set.of();

  /**
   * @param directory where the database keeps its logs
   * @param sequence rises with each write
   */
  LogFiles(Path directory, LongSupplier sequence) {
    this.directory = directory;
    this.sequence = sequence;
  }

  @Override
  public long sequence() {
    return sequence.getAsLong();
  }

  @Override
  public void sync() throws IOException {
    var logs = new HashSet<Path>();
    try (var files = Files.newDirectoryStream(directory, NAMES)) {
      files.forEach(logs::add);
    }
    for (Path log : logs) {
      try (var channel = FileChannel.open(log, StandardOpenOption.WRITE)) {
        channel.force(false);
      } catch (NoSuchFileException e) {
        // The log went away meanwhile: its writes are in tables, and those are synced.
      }
    }
    if (!known.containsAll(logs)) {
      try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
    known = logs;
  }
}
