package io.cartwheel.cli.hints;

import io.cartwheel.cli.console.CommandFailed;
import io.cartwheel.cli.console.Console;
import io.cartwheel.cli.console.ExitCode;
import io.cartwheel.cli.console.Figures;
import io.cartwheel.cli.console.JsonObject;
import io.cartwheel.cli.console.Table;
import io.cartwheel.cli.http.AdminPage;
import io.cartwheel.cli.http.NodeOptions;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists what a node keeps for whom. */
@Command(
    name = "list",
    description = {
      "List for which owners a node keeps keys, how many, and since when.",
      "A key that is owed to several owners counts with each of them, and once in the total."
    },
    footer = {
      "",
      "Examples:",
      "  cartwheel hints list",
      "  cartwheel hints list --node 127.0.0.1:8102 -o json"
    })
final class HintsList implements Callable<Integer> {
  private final Console console;

  @Mixin private final NodeOptions options = new NodeOptions();

  HintsList(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws CommandFailed {
    AdminPage.of("hints").show(console, options, this::print);
    return ExitCode.OK.status();
  }

  private void print(JsonObject page) {
    List<JsonObject> owners = page.objects("hints");
    if (owners.isEmpty()) {
      console.out().println("nothing is kept for others");
      return;
    }
    var table = new Table("OWNER", "KEYS", "BYTES", "OLDEST");
    for (JsonObject owner : owners) {
      table.row(
          owner.text("owner").orElse("?"),
          owner.text("count").orElse("?"),
          owner.number("bytes").map(Figures::bytes).orElse("?"),
          owner.number("oldest_s").map(Figures::age).orElse("?"));
    }
    table.print(console.out());
    console.out().println("keys in all: " + page.text("total").orElse("?"));
  }
}
