package io.cartwheel.cli.ring;

import io.cartwheel.cli.console.CommandFailed;
import io.cartwheel.cli.console.Console;
import io.cartwheel.cli.console.ExitCode;
import io.cartwheel.cli.console.JsonObject;
import io.cartwheel.cli.console.Table;
import io.cartwheel.cli.http.AdminPage;
import io.cartwheel.cli.http.NodeOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the owners of every partition. */
@Command(
    name = "owners",
    description = "List the owners of every partition in their order.",
    footer = {"", "Example:", "  cartwheel ring owners"})
final class RingOwners implements Callable<Integer> {
  private final Console console;

  @Mixin private final NodeOptions options = new NodeOptions();

  RingOwners(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws CommandFailed {
    AdminPage.of("owners").show(console, options, this::print);
    return ExitCode.OK.status();
  }

  private void print(JsonObject ring) {
    var table = new Table("PARTITION", "OWNERS");
    for (JsonObject partition : ring.objects("partitions")) {
      table.row(
          partition.text("partition").orElse("?"), String.join(" ", partition.texts("owners")));
    }
    table.print(console.out());
  }
}
