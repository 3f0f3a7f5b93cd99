package io.cartwheel.cli.bench;

import io.cartwheel.cli.console.Console;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The group of verbs that measure. */
@Command(
    name = "bench",
    description = "Measure how fast a cluster is.",
    synopsisHeading = "Usage: ",
    customSynopsis = "cartwheel bench VERB ...",
    commandListHeading = "%nVerbs:%n",
    footer = {
      "",
      "Examples:",
      "  cartwheel bench run --workload a --nodes 127.0.0.1:8101,127.0.0.1:8102,127.0.0.1:8103"
    })
public final class BenchVerb {
  private BenchVerb() {}

  /** The group with its verbs. */
  public static CommandLine of(Console console) {
    return new CommandLine(new BenchVerb()).addSubcommand(new BenchRun(console));
  }
}
