package io.cartwheel.cli;

import io.cartwheel.cli.console.CommandFailed;
import io.cartwheel.cli.console.Console;
import io.cartwheel.cli.console.ExitCode;
import io.cartwheel.cli.console.OutputFormat;
import io.cartwheel.cli.http.NodeAddress;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The {@code cartwheel} command itself: parses a command line, runs its verb, answers its status.
 */
@Command(
    name = "cartwheel",
    description = "A leaderless, always-writable key-value store.",
    synopsisHeading = "Usage: ",
    customSynopsis = "cartwheel VERB ...",
    commandListHeading = "%nVerbs:%n",
    footer = {
      "",
      "'cartwheel VERB --help' tells more, with examples.",
      "Exit status: 0 ok, 1 failed, 2 usage, 3 not found, 4 unavailable, 5 timeout."
    })
public final class Cartwheel {
  private final Console console;
  private final List<String> verbs;

  public Cartwheel(Console console) {
    this(console, Verbs.all());
  }

  /** The command with some of its verbs only. */
  Cartwheel(Console console, List<String> verbs) {
    this.console = console;
    this.verbs = List.copyOf(verbs);
  }

  /** Runs one command line to its end. */
  public int run(String... args) {
    CommandLine line = commandLine(args);
    if (args.length == 0) {
      line.usage(line.getErr());
      return ExitCode.USAGE.status();
    }
    int status = line.execute(args);
    try {
      console.finish();
      return status;
    } catch (CommandFailed e) {
      return Complaints.tell(line, e);
    }
  }

  /** What parses and runs a command line that begins with these words. */
  CommandLine commandLine(String... args) {
    var line = new CommandLine(this);
    Verbs.addTo(line, console, verbs, args);
    var complaints = new Complaints();
    return line.setOut(writer(console.out()))
        .setErr(writer(console.err()))
        .registerConverter(NodeAddress.class, Converters::nodeAddress)
        .registerConverter(Duration.class, Converters::duration)
        .registerConverter(OutputFormat.class, Converters::outputFormat)
        .setOverwrittenOptionsAllowed(false)
        .setParameterExceptionHandler(complaints)
        .setExecutionExceptionHandler(complaints);
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, StandardCharsets.UTF_8);
  }
}
