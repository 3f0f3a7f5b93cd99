package io.cartwheel.cli.shell;

import io.cartwheel.cli.console.Console;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/** Where a prompt remembers what was typed; for its owner's eyes, since values are typed too. */
final class HistoryFile {
  private static final FileAttribute<?> OWN_FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  private static final FileAttribute<?> OWN_FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private HistoryFile() {}

  /** The file's place by the XDG base directory specification. */
  static Path of(Map<String, String> environment) {
    Path state = Path.of(environment.getOrDefault("XDG_STATE_HOME", ""));
    Path home = Path.of(environment.getOrDefault("HOME", System.getProperty("user.home", "")));
    return (state.isAbsolute() ? state : home.resolve(".local/state")).resolve("cartwheel/history");
  }

  /**
   * Makes the file if it is not there; one that is keeps its permissions.
   *
   * @throws IOException when it can't be written
   */
  static Path prepare(Console console) throws IOException {
    Path file = of(console.environment());
    Files.createDirectories(file.getParent(), OWN_FOLDER);
    try {
      return Files.createFile(file, OWN_FILE);
    } catch (FileAlreadyExistsException there) {
      if (!Files.isRegularFile(file) || !Files.isWritable(file)) {
        throw there;
      }
      return file;
    }
  }
}
