package io.cartwheel.cli.admin;

import io.cartwheel.cli.console.Console;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The group of verbs over a node itself. */
@Command(
    name = "admin",
    description =
        "Look after nodes: how they are, what they have of a key, what they do, what they log.",
    synopsisHeading = "Usage: ",
    customSynopsis = "cartwheel admin VERB ...",
    commandListHeading = "%nVerbs:%n",
    footer = {
      "",
      "Examples:",
      "  cartwheel admin health",
      "  cartwheel admin explain carts alice",
      "  cartwheel admin top --node 127.0.0.1:8101,127.0.0.1:8102",
      "  cartwheel admin log-level cartwheel.node debug"
    })
public final class AdminVerb {
  private AdminVerb() {}

  /** The group with its verbs. */
  public static CommandLine of(Console console) {
    return new CommandLine(new AdminVerb())
        .addSubcommand(new AdminHealth(console))
        .addSubcommand(new AdminExplain(console))
        .addSubcommand(new AdminTop(console))
        .addSubcommand(new AdminLogLevel(console));
  }
}
