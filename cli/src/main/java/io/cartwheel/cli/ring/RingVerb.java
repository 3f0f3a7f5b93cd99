package io.cartwheel.cli.ring;

import io.cartwheel.cli.console.Console;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The group of verbs over the ring. */
@Command(
    name = "ring",
    description = "Show who serves what, as one node sees it.",
    synopsisHeading = "Usage: ",
    customSynopsis = "cartwheel ring VERB ...",
    commandListHeading = "%nVerbs:%n",
    footer = {
      "",
      "Examples:",
      "  cartwheel ring show",
      "  cartwheel ring preflist carts alice",
      "  cartwheel ring owners --node 127.0.0.1:8102"
    })
public final class RingVerb {
  private RingVerb() {}

  /** The group with its verbs. */
  public static CommandLine of(Console console) {
    return new CommandLine(new RingVerb())
        .addSubcommand(new RingShow(console))
        .addSubcommand(new RingPreflist(console))
        .addSubcommand(new RingOwners(console));
  }
}
