package io.cartwheel.cli.repair;

import io.cartwheel.cli.console.Console;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The group of verbs over how members' records compare. */
@Command(
    name = "repair",
    description = {
      "Show and start the comparison of records between the nodes that should have the same.",
      "Nodes compare and repair by themselves: regularly, and soon after one was away."
    },
    synopsisHeading = "Usage: ",
    customSynopsis = "cartwheel repair VERB ...",
    commandListHeading = "%nVerbs:%n",
    footer = {
      "",
      "Examples:",
      "  cartwheel repair status",
      "  cartwheel repair start --timeout 10m"
    })
public final class RepairVerb {
  private RepairVerb() {}

  /** The group with its verbs. */
  public static CommandLine of(Console console) {
    return new CommandLine(new RepairVerb())
        .addSubcommand(new RepairStatus(console))
        .addSubcommand(new RepairStart(console));
  }
}
