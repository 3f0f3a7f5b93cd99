package io.cartwheel.cli.shell;

import io.cartwheel.cli.console.Console;
import picocli.CommandLine.Model.CommandSpec;

/** Runs the verbs that a shell takes. */
public interface Interpreter {
  /** Runs one command line to its end, failures told on the console; answers its status. */
  int run(Console console, String... words);

  /** All verbs with their options, to complete words by. */
  CommandSpec verbs(Console console);
}
