package io.cartwheel.cli.demo;

import io.cartwheel.cli.console.CommandFailed;
import io.cartwheel.cli.console.ExitCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where the nodes keep their files: a folder that was named and stays, or one of our own that goes.
 */
record DemoFolder(Path path, boolean temporary) implements AutoCloseable {

  static DemoFolder of(Optional<Path> named) throws CommandFailed {
    try {
      return named.isPresent()
          ? new DemoFolder(Files.createDirectories(named.get()), false)
          : new DemoFolder(Files.createTempDirectory("cartwheel-demo-"), true);
    } catch (IOException e) {
      throw new CommandFailed(ExitCode.FAILED, "no folder for the nodes: " + e);
    }
  }

  @Override
  public void close() {
    if (!temporary) {
      return;
    }
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | UncheckedIOException e) {
      // What is left is among the system's temporary files, which it sees to.
    }
  }
}
