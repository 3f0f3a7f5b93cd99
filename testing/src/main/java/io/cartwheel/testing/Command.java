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

  /** Runs the {@code cartwheel} command with these lines on its standard input. */
  public static Command runWith(String input, Duration patience, String... words) {
    try {
      Path file = Files.createTempFile("cartwheel-", ".in");
      try {
        Files.writeString(file, input);
        List<String> command = Launch.classPath().command(List.of(words));
        return run(command, Path.of("").toAbsolutePath(), file, patience);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Runs a command line without input.
   *
   * @param command the program and its arguments
   * @param folder where it runs
   */
  public static Command run(List<String> command, Path folder, Duration patience) {
    return run(command, folder, Path.of("/dev/null"), patience);
  }

  private static Command run(List<String> command, Path folder, Path input, Duration patience) {
    try {
      Path out = Files.createTempFile("cartwheel-", ".out");
      Path err = Files.createTempFile("cartwheel-", ".err");
      try {
        int status =
            end(
                new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectInput(input.toFile())
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
