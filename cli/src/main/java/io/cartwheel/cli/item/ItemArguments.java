package io.cartwheel.cli.item;

import io.cartwheel.cli.console.CommandFailed;
import io.cartwheel.cli.console.ExitCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The arguments that name an item. */
public final class ItemArguments {
  @Parameters(index = "0", paramLabel = "BUCKET", description = "The item's bucket.")
  private String bucket = "";

  @Parameters(index = "1", paramLabel = "KEY", description = "The item's key.")
  private String key = "";

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      description = "The item's bucket type (default: default).")
  private String type = "default";

  public ItemName name() throws CommandFailed {
    if (bucket.isEmpty() || key.isEmpty() || type.isEmpty()) {
      throw new CommandFailed(ExitCode.USAGE, "type, bucket and key can't be empty");
    }
    return new ItemName(type, bucket, key);
  }
}
