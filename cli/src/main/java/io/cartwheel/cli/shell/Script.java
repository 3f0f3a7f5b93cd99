package io.cartwheel.cli.shell;

import io.cartwheel.cli.console.CommandFailed;
import io.cartwheel.cli.console.Console;
import io.cartwheel.cli.console.ExitCode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A shell whose lines come from a pipe or a file. */
final class Script {
  private final Console console;
  private final Session session;

  Script(Console console, Session session) {
    this.console = console;
    this.session = session;
  }

  /** Runs all lines; answers the status of the last that failed, zero when none did. */
  int run() throws CommandFailed {
    int lastFailure = ExitCode.OK.status();
    try {
      var lines = new BufferedReader(new InputStreamReader(console.in(), StandardCharsets.UTF_8));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        int status = run(line, lines);
        lastFailure = status == ExitCode.OK.status() ? lastFailure : status;
        if (session.hasEnded()) {
          break;
        }
      }
      return lastFailure;
    } catch (IOException e) {
      throw new CommandFailed(ExitCode.FAILED, "standard input can't be read: " + e.getMessage());
    }
  }

  /** A line goes on in the next one while a quote is open. */
  private int run(String begun, BufferedReader lines) throws IOException {
    String line = begun;
    while (true) {
      Words words = Words.of(line);
      if (words.complete()) {
        return session.run(words.list());
      }
      Optional<String> more = Optional.ofNullable(lines.readLine());
      if (more.isEmpty()) {
        console.err().println("the last line is not complete: a quote is open");
        return ExitCode.USAGE.status();
      }
      line = line + "\n" + more.get();
    }
  }
}
