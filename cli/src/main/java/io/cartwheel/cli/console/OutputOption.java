package io.cartwheel.cli.console;

import picocli.CommandLine.Option;

/** The option of every verb that has a result. */
public final class OutputOption {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "table|json",
      order = 92,
      description = "How to print the result (default: table).")
  private OutputFormat output = OutputFormat.TABLE;

  public boolean json() {
    return output == OutputFormat.JSON;
  }
}
