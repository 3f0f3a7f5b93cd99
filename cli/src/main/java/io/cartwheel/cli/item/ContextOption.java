package io.cartwheel.cli.item;

import io.cartwheel.cli.console.CommandFailed;
import io.cartwheel.cli.console.ExitCode;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What the writer has seen. */
final class ContextOption {
  @Option(
      names = "--context",
      paramLabel = "CONTEXT",
      order = 20,
      description = "What was seen, as a read or write of this item printed it.")
  private Optional<String> context = Optional.empty();

  /** The token; it is checked by the node. */
  Optional<String> token() throws CommandFailed {
    if (context.isPresent() && !context.get().matches("[A-Za-z0-9+/=_-]+")) {
      throw new CommandFailed(
          ExitCode.USAGE,
          "--context: not a context; one is printed by get -o json, siblings and put");
    }
    return context;
  }
}
