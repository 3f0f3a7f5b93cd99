package io.cartwheel.cli.local;

import io.cartwheel.cli.console.Console;
import io.cartwheel.cli.console.ExitCode;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Prints what teaches a shell to complete the command's words. */
@Command(
    name = "completion",
    description = {
      "Print a script that makes the Tab key complete verbs, options and their values.",
      "It is the same for both shells: in zsh it loads bashcompinit."
    },
    footer = {
      "",
      "Examples:",
      "  source <(cartwheel completion bash)",
      "  cartwheel completion bash > ~/.local/share/bash-completion/completions/cartwheel",
      "  source <(cartwheel completion zsh)"
    })
public final class CompletionVerb implements Callable<Integer> {
  private final Console console;
  private final Supplier<CommandLine> command;

  @Parameters(index = "0", paramLabel = "bash|zsh", description = "The shell it is for.")
  private Shell shell = Shell.BASH;

  /** Shells that the script is for. */
  enum Shell {
    BASH,
    ZSH;

    /** Lower case, as on the command line. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * The verb.
   *
   * @param command the command with all its verbs, made when it is needed
   */
  public CompletionVerb(Console console, Supplier<CommandLine> command) {
    this.console = console;
    this.command = command;
  }

  @Override
  public Integer call() {
    console
        .out()
        .println("# Load this into " + shell + ": source <(cartwheel completion " + shell + ")");
    console.out().println(AutoComplete.bash("cartwheel", command.get()));
    return ExitCode.OK.status();
  }
}
