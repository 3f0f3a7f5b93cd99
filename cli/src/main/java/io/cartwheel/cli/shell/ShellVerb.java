package io.cartwheel.cli.shell;

import io.cartwheel.cli.console.CommandFailed;
import io.cartwheel.cli.console.Console;
import io.cartwheel.cli.http.NodeAddress;
import io.cartwheel.cli.http.NodeOptions;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Takes verb after verb. */
@Command(
    name = "shell",
    description = {
      "Type verbs at a prompt, against one node.",
      "It takes every verb that asks a node, with the options it has outside. 'use BUCKET' makes a"
          + " bucket the current one, so that 'get KEY' is enough; 'use' alone ends that. 'help'"
          + " lists the verbs, 'help VERB' explains one. Tab completes; Ctrl-C clears the line or"
          + " ends the verb that runs; Ctrl-D, 'exit' and 'quit' leave.",
      "What was typed is remembered in $XDG_STATE_HOME/cartwheel/history, else in"
          + " ~/.local/state/cartwheel/history; a line that begins with a space is not.",
      "When standard input is no terminal, its lines are run as a script: a failure does not end"
          + " it, '#' begins a comment, and the status is that of the last line that failed."
    },
    footer = {
      "",
      "Examples:",
      "  cartwheel shell",
      "  cartwheel shell --node 127.0.0.1:8101",
      "  cartwheel shell < commands.txt"
    })
public final class ShellVerb implements Callable<Integer> {
  private final Console console;
  private final Interpreter interpreter;

  @Option(
      names = "--node",
      paramLabel = "HOST:HTTP",
      order = 1,
      description =
          "The node that verbs ask; else $" + NodeOptions.VARIABLE + ", else 127.0.0.1:8098.")
  private Optional<NodeAddress> node = Optional.empty();

  public ShellVerb(Console console, Interpreter interpreter) {
    this.console = console;
    this.interpreter = interpreter;
  }

  @Override
  public Integer call() throws CommandFailed {
    NodeAddress asked =
        node.isPresent() ? node.get() : NodeOptions.byEnvironment(console.environment());
    var session = new Session(console, interpreter, asked);
    return console.terminal().getAsBoolean()
        ? new Prompt(console, session).run()
        : new Script(console, session).run();
  }
}
