package io.cartwheel.cli;

import io.cartwheel.cli.console.Console;
import picocli.CommandLine.Model.CommandSpec;

/** The verbs of shells, for tests in other packages. */
public final class ShellVerbs {
  private ShellVerbs() {}

  public static CommandSpec spec() {
    return new VerbsInShell().verbs(Console.ofProcess());
  }
}
