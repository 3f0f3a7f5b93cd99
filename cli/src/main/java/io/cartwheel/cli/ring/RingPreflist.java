package io.cartwheel.cli.ring;

import io.cartwheel.cli.console.CommandFailed;
import io.cartwheel.cli.console.Console;
import io.cartwheel.cli.console.ExitCode;
import io.cartwheel.cli.console.JsonObject;
import io.cartwheel.cli.console.Table;
import io.cartwheel.cli.http.AdminPage;
import io.cartwheel.cli.http.NodeOptions;
import io.cartwheel.cli.item.ItemArguments;
import io.cartwheel.cli.item.ItemName;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows who is asked for a key. */
@Command(
    name = "preflist",
    description =
        "Show the preference list of a key: the primaries that hold it, then those that come next.",
    footer = {"", "Example:", "  cartwheel ring preflist carts alice"})
final class RingPreflist implements Callable<Integer> {
  private final Console console;

  @Mixin private final ItemArguments item = new ItemArguments();
  @Mixin private final NodeOptions options = new NodeOptions();

  RingPreflist(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws CommandFailed {
    ItemName name = item.name();
    AdminPage.of("preflist")
        .with("type", name.type())
        .with("bucket", name.bucket())
        .with("key", name.key())
        .show(console, options, this::print);
    return ExitCode.OK.status();
  }

  private void print(JsonObject list) {
    var table = new Table("RANK", "MEMBER", "ROLE");
    int rank = 1;
    for (String member : list.texts("primaries")) {
      table.row(Integer.toString(rank++), member, "primary");
    }
    for (String member : list.texts("fallbacks")) {
      table.row(Integer.toString(rank++), member, "fallback");
    }
    table.print(console.out());
    console
        .out()
        .println(
            "partition %s, position %s, n %s"
                .formatted(
                    list.text("partition").orElse("?"),
                    list.text("position").orElse("?"),
                    list.text("n").orElse("?")));
  }
}
