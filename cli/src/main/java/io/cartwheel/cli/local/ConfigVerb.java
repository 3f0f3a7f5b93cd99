package io.cartwheel.cli.local;

import io.cartwheel.cli.console.Console;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The group of verbs over configurations. */
@Command(
    name = "config",
    description = "Make, check and show the configuration of a node.",
    customSynopsis = "cartwheel config VERB ...",
    synopsisHeading = "Usage: ",
    commandListHeading = "%nVerbs:%n",
    footer = {
      "",
      "Examples:",
      "  cartwheel config init",
      "  cartwheel config check cartwheel.toml",
      "  cartwheel config show --effective"
    })
public final class ConfigVerb {
  private ConfigVerb() {}

  /** The group with its verbs. */
  public static CommandLine of(Console console) {
    return new CommandLine(new ConfigVerb())
        .addSubcommand(new ConfigInit(console))
        .addSubcommand(new ConfigCheck(console))
        .addSubcommand(ConfigShow.of(console));
  }
}
