package io.cartwheel.cli.demo;

import io.cartwheel.cli.console.Console;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.UserInterruptException;

/** Takes commands, on a thread of its own, until the demo ends or there are no more. */
final class Prompt implements AutoCloseable {
  private static final long PATIENCE_MILLIS = 1000;

  private final Thread listener;

  private Prompt(Runnable listening) {
    listener = Thread.ofPlatform().name("prompt").daemon().start(listening);
  }

  /** Somebody at a terminal, who ends the demo by Ctrl-C or Ctrl-D, too. */
  static Prompt at(LineReader reader, Commands commands) {
    return new Prompt(() -> {
      try {
        while (!commands.haveEnded()) {
          commands.run(reader.readLine("cartwheel> "));
        }
      } catch (UserInterruptException | EndOfFileException | IllegalStateException e) {
        commands.run("quit");
      }
    });
  }

  /** Lines from a pipe; its end ends nothing. */
  static Prompt in(Console console, Commands commands) {
    return new Prompt(() -> {
      try {
        var lines = new BufferedReader(new InputStreamReader(console.in(), StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          commands.run(line);
        }
      } catch (IOException e) {
        // As good as the end of the commands.
      }
    });
  }

  /** Whoever is asked need not answer any more; a pipe is left to its end. */
  @Override
  public void close() throws InterruptedException {
    listener.interrupt();
    listener.join(PATIENCE_MILLIS);
  }
}
