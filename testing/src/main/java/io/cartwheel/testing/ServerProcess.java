package io.cartwheel.testing;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionTimeoutException;

/**
 * One node as a process, which may be started again on the same ports and data directory.
 *
 * <p>What it prints is appended to two files in its folder. For use by one thread at a time.
 */
public final class ServerProcess implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(20);
  private static final Duration SIGNAL_PATIENCE = Duration.ofSeconds(10);
  private static final int LOG_TAIL_LINES = 60;

  private final NodeSettings settings;
  private final Launch launch;
  private Optional<Process> process = Optional.empty();
  private long printedBefore;

  public ServerProcess(NodeSettings settings, Launch launch) {
    this.settings = settings;
    this.launch = launch;
  }

  public NodeSettings settings() {
    return settings;
  }

  public String name() {
    return settings.name();
  }

  /** A client of its HTTP port. */
  public ItemsClient client() {
    return new ItemsClient(settings.ports().http());
  }

  /** Starts it and returns at once: a member of a cluster is ready only with others. */
  public ServerProcess start() {
    if (isAlive()) {
      throw new IllegalStateException(name() + " runs");
    }
    try {
      Files.createDirectories(settings.folder());
      printedBefore = Files.exists(out()) ? Files.size(out()) : 0;
      process =
          Optional.of(
              new ProcessBuilder(launch.command(settings.words()))
                  .redirectOutput(ProcessBuilder.Redirect.appendTo(out().toFile()))
                  .redirectError(ProcessBuilder.Redirect.appendTo(err().toFile()))
                  .start());
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits for its line {@code ready}. */
  public ServerProcess awaitReady(Duration patience) {
    try {
      await()
          .alias(name() + " is ready")
          .pollInterval(POLL)
          .atMost(patience)
          .until(() -> readyLine().isPresent() || !isAlive());
    } catch (ConditionTimeoutException e) {
      throw new AssertionError(name() + " was not ready within " + patience + "\n" + logs(), e);
    }
    if (readyLine().isEmpty()) {
      throw new AssertionError(
          name() + " ended with status " + exitStatus() + " instead of being ready\n" + logs());
    }
    return this;
  }

  /** The line that it printed when it began to serve, if it has since it was last started. */
  public Optional<String> readyLine() {
    return printed().lines().filter(line -> line.startsWith("ready")).findFirst();
  }

  public boolean isAlive() {
    return process.isPresent() && process.get().isAlive();
  }

  public long pid() {
    return running().pid();
  }

  /** Ends it at once, as a crash does; its files stay as they are. */
  public void kill9() {
    sendKill();
    awaitEnd(SIGNAL_PATIENCE);
  }

  /** The first half of {@link #kill9}: for several at once. */
  void sendKill() {
    running().destroyForcibly();
  }

  /** Stops it in its tracks: connections stay open, nothing is answered. */
  public void pause() {
    signal("STOP");
  }

  /** Lets it go on. */
  public void resume() {
    signal("CONT");
  }

  /** Asks it to stop, as an operator does, and answers its exit status. */
  public int terminate(Duration patience) {
    running().destroy();
    return awaitEnd(patience);
  }

  /** Waits until it ended by itself, and answers its exit status. */
  public int awaitEnd(Duration patience) {
    Process ending = process.orElseThrow();
    try {
      if (!ending.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError(name() + " did not end within " + patience + "\n" + logs());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
    return ending.exitValue();
  }

  /** What it printed on stdout since it was last started. */
  public String printed() {
    try {
      byte[] all = Files.exists(out()) ? Files.readAllBytes(out()) : new byte[0];
      int from = Math.toIntExact(printedBefore);
      return new String(all, from, all.length - from, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The end of all that it ever printed, for a failed test's report. */
  public String logs() {
    return "--- "
        + name()
        + ", stdout\n"
        + tail(out())
        + "--- "
        + name()
        + ", stderr\n"
        + tail(err());
  }

  /** Ends it if it runs. */
  @Override
  public void close() {
    if (isAlive()) {
      kill9();
    }
  }

  private Process running() {
    return process
        .filter(Process::isAlive)
        .orElseThrow(() -> new IllegalStateException(name() + " does not run\n" + logs()));
  }

  private String exitStatus() {
    return process.map(ended -> Integer.toString(ended.exitValue())).orElse("none");
  }

  private void signal(String signal) {
    try {
      var kill = new ProcessBuilder("kill", "-" + signal, Long.toString(pid())).start();
      if (!kill.waitFor(SIGNAL_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
          || kill.exitValue() != 0) {
        throw new IllegalStateException("can't send " + signal + " to " + name());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private Path out() {
    return settings.folder().resolve("stdout.log");
  }

  private Path err() {
    return settings.folder().resolve("stderr.log");
  }

  private static String tail(Path file) {
    try {
      List<String> lines =
          Files.exists(file)
              ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList()
              : List.of();
      int from = Math.max(0, lines.size() - LOG_TAIL_LINES);
      return String.join("\n", lines.subList(from, lines.size())) + "\n";
    } catch (IOException e) {
      return e + "\n";
    }
  }
}
