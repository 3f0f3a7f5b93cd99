package io.cartwheel.cli.hints;

import io.cartwheel.cli.console.Console;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The group of verbs over what a node keeps for others. */
@Command(
    name = "hints",
    description = {
      "Show and hand over what a node keeps for owners that it could not reach.",
      "A node hands over by itself as soon as an owner answers again."
    },
    synopsisHeading = "Usage: ",
    customSynopsis = "cartwheel hints VERB ...",
    commandListHeading = "%nVerbs:%n",
    footer = {
      "",
      "Examples:",
      "  cartwheel hints list",
      "  cartwheel hints drain --node 127.0.0.1:8102"
    })
public final class HintsVerb {
  private HintsVerb() {}

  /** The group with its verbs. */
  public static CommandLine of(Console console) {
    return new CommandLine(new HintsVerb())
        .addSubcommand(new HintsList(console))
        .addSubcommand(new HintsDrain(console));
  }
}
