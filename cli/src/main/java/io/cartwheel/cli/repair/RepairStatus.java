package io.cartwheel.cli.repair;

import io.cartwheel.cli.console.CommandFailed;
import io.cartwheel.cli.console.Console;
import io.cartwheel.cli.console.ExitCode;
import io.cartwheel.cli.http.NodeOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows how the members' records compare. */
@Command(
    name = "status",
    description = {
      "Show whether all nodes' records agree, as each node found at its last comparisons.",
      "A node is in sync when its last comparison with each node that answers it was complete."
    },
    footer = {
      "",
      "Examples:",
      "  cartwheel repair status",
      "  cartwheel repair status --node 127.0.0.1:8102 -o json"
    })
final class RepairStatus implements Callable<Integer> {
  private final Console console;

  @Mixin private final NodeOptions options = new NodeOptions();

  RepairStatus(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws CommandFailed {
    Compared.PAGE.show(console, options, page -> new Compared(page).print(console));
    return ExitCode.OK.status();
  }
}
