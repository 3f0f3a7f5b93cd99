package io.cartwheel.cli.shell;

import io.cartwheel.cli.console.CommandFailed;
import io.cartwheel.cli.console.Console;
import io.cartwheel.cli.console.ExitCode;
import java.io.IOException;
import java.util.List;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReader.Option;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.Terminal.SignalHandler;
import org.jline.terminal.TerminalBuilder;

/** A shell at a terminal: a line is edited, completed and remembered, then its verb runs. */
final class Prompt {
  private static final int REMEMBERED_LINES = 5000;

  private final Console console;
  private final Session session;

  Prompt(Console console, Session session) {
    this.console = console;
    this.session = session;
  }

  /** Goes on until somebody leaves, which is no failure whatever the verbs were. */
  int run() throws CommandFailed {
    try (Terminal terminal = TerminalBuilder.builder().system(true).dumb(true).build()) {
      console.err().println("Tab completes, 'help' lists the verbs, 'exit' leaves.");
      LineReader reader = reader(terminal);
      while (!session.hasEnded()) {
        turn(terminal, reader);
      }
      return ExitCode.OK.status();
    } catch (EndOfFileException left) {
      return ExitCode.OK.status();
    } catch (IOException e) {
      throw new CommandFailed(ExitCode.FAILED, "the terminal can't be used: " + e.getMessage());
    }
  }

  private LineReader reader(Terminal terminal) {
    LineReaderBuilder builder =
        LineReaderBuilder.builder()
            .terminal(terminal)
            .appName("cartwheel")
            .parser(Words.parser())
            .completer(new VerbCompleter(session.verbs()))
            .variable(LineReader.SECONDARY_PROMPT_PATTERN, "> ")
            .variable(LineReader.HISTORY_SIZE, REMEMBERED_LINES)
            .variable(LineReader.HISTORY_FILE_SIZE, REMEMBERED_LINES)
            .option(Option.HISTORY_TIMESTAMPED, false)
            // A value need not end with its line.
            .option(Option.AUTO_FRESH_LINE, true)
            // An exclamation mark in a value stands for itself.
            .option(Option.DISABLE_EVENT_EXPANSION, true);
    try {
      builder.variable(LineReader.HISTORY_FILE, HistoryFile.prepare(console));
    } catch (IOException | UnsupportedOperationException e) {
      console.err().println("what is typed will not be remembered: " + e);
    }
    return builder.build();
  }

  private void turn(Terminal terminal, LineReader reader) {
    try {
      reader.readLine(session.prompt());
      List<String> words = reader.getParsedLine().words();
      runInterruptibly(terminal, words);
    } catch (UserInterruptException cleared) {
      // The line is given up; the next one begins.
    }
  }

  /** Ctrl-C ends the verb alone: interrupted, a virtual thread's socket closes. */
  private void runInterruptibly(Terminal terminal, List<String> words) {
    Thread verb = Thread.ofVirtual().name("verb").start(() -> session.run(words));
    SignalHandler before = terminal.handle(Signal.INT, _ -> verb.interrupt());
    try {
      verb.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      terminal.handle(Signal.INT, before);
    }
  }
}
