package io.cartwheel.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One run of the {@code cartwheel} command, to its end.
 *
 * @param status its exit status
 */
public record Command(int status, String out, String err) {

  /** Runs it by this JVM's own Java and class path, without input. */
  public static Command run(Duration patience, String... words) {
    return run(Launch.classPath().command(List.of(words)), Path.of("").toAbsolutePath(), patience);
  }

  /**
   * Runs a command line without input.
   *
   * @param command the program and its arguments
   * @param folder where it runs
   */
  public static Command run(List<String> command, Path folder, Duration patience) {
    try {
      Path out = Files.createTempFile("cartwheel-", ".out");
      Path err = Files.createTempFile("cartwheel-", ".err");
      try {
        int status =
            end(
                new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start(),
                patience);
        return new Command(status, text(out), text(err));
      } finally {
        Files.delete(out);
        Files.delete(err);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int end(Process process, Duration patience) {
    try {
      if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError("the command did not end within " + patience);
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } finally {
      process.destroyForcibly();
    }
  }

  private static String text(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }
}
