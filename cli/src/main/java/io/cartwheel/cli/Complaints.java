package io.cartwheel.cli;

import io.cartwheel.cli.console.Closest;
import io.cartwheel.cli.console.CommandFailed;
import io.cartwheel.cli.console.ExitCode;
import io.cartwheel.cli.console.Printable;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Collection;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Failures told on stderr: a line each that says which verb, what and why; never a trace. */
final class Complaints implements IParameterExceptionHandler, IExecutionExceptionHandler {
  private static final String TRACE = "cartwheel.trace";

  /** The command line is wrong. */
  @Override
  public int handleParseException(ParameterException wrong, String[] args) {
    CommandLine line = wrong.getCommandLine();
    String message = lowerFirst(String.valueOf(wrong.getMessage()));
    if (wrong instanceof UnmatchedArgumentException unmatched) {
      message = unmatched(unmatched);
    } else if (!line.getSubcommands().isEmpty()) {
      message = "say which: " + String.join(", ", line.getSubcommands().keySet());
    }
    say(line, message);
    tellOfHelp(line);
    return ExitCode.USAGE.status();
  }

  /** The verb failed. */
  @Override
  public int handleExecutionException(Exception e, CommandLine line, ParseResult parsed) {
    return tell(line, e);
  }

  static int tell(CommandLine line, Exception e) {
    if (!(e instanceof CommandFailed failed)) {
      say(line, "this should not happen: " + e + trace(e));
      return ExitCode.FAILED.status();
    }
    say(line, failed.reason());
    if (failed.code() == ExitCode.USAGE) {
      tellOfHelp(line);
    }
    return failed.code().status();
  }

  /** Where it came from, for who repairs it: only when asked for. */
  private static String trace(Exception e) {
    if (!Boolean.getBoolean(TRACE)) {
      return "\nfor a report: CARTWHEEL_JAVA_OPTS=-D" + TRACE + "=true shows where";
    }
    var trace = new StringWriter();
    e.printStackTrace(new PrintWriter(trace));
    return "\n" + trace;
  }

  private static String unmatched(UnmatchedArgumentException wrong) {
    String word = wrong.getUnmatched().isEmpty() ? "" : wrong.getUnmatched().getFirst();
    CommandSpec spec = wrong.getCommandLine().getCommandSpec();
    if (wrong.isUnknownOption()) {
      return "unknown option '" + word + "'" + meant(word, spec.optionsMap().keySet());
    }
    return spec.subcommands().isEmpty()
        ? "one argument too many: '" + word + "'"
        : "unknown verb '" + word + "'" + meant(word, spec.subcommands().keySet());
  }

  private static String meant(String word, Collection<String> known) {
    int end = word.indexOf('=');
    return Closest.to(end < 0 ? word : word.substring(0, end), known)
        .map(close -> "; did you mean " + close + "?")
        .orElse("");
  }

  private static void tellOfHelp(CommandLine line) {
    line.getErr().println("'" + words(line) + " --help' shows how to use it.");
  }

  private static void say(CommandLine line, String message) {
    PrintWriter err = line.getErr();
    message.lines().forEach(each -> err.println(words(line) + ": " + Printable.line(each)));
  }

  private static String words(CommandLine line) {
    return line.getCommandSpec().qualifiedName(" ");
  }

  private static String lowerFirst(String text) {
    return text.isEmpty() ? text : Character.toLowerCase(text.charAt(0)) + text.substring(1);
  }
}
