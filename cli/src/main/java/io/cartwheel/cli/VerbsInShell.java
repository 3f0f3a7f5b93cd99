package io.cartwheel.cli;

import io.cartwheel.cli.console.Console;
import io.cartwheel.cli.shell.Interpreter;
import picocli.CommandLine.Model.CommandSpec;

/** The verbs as a shell runs them: as outside, but in one process. */
final class VerbsInShell implements Interpreter {
  @Override
  public int run(Console console, String... words) {
    return new Cartwheel(console, Verbs.inShells()).run(words);
  }

  @Override
  public CommandSpec verbs(Console console) {
    return new Cartwheel(console, Verbs.inShells()).commandLine().getCommandSpec();
  }
}
