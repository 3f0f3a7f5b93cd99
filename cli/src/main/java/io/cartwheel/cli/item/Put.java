package io.cartwheel.cli.item;

import io.cartwheel.cli.console.CommandFailed;
import io.cartwheel.cli.console.Console;
import io.cartwheel.cli.console.ExitCode;
import io.cartwheel.cli.http.NodeOptions;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Writes an item. */
@Command(
    name = "put",
    description = {
      "Write an item.",
      "With the context of an earlier read or write, the value replaces what that one saw. Without"
          + " one it stands beside whatever is there, as a sibling."
    },
    footer = {
      "",
      "Examples:",
      "  cartwheel put carts alice '{\"books\":1}' --content-type application/json",
      "  cartwheel put photos cat.png --file cat.png --meta camera=K1000",
      "  cartwheel put sessions alice '{}' --ttl 30m",
      "  tar c src | cartwheel put backups src.tar - -w all",
      "  context=$(cartwheel get carts alice -o json | jq -r .context)",
      "  cartwheel put carts alice two --context \"$context\""
    })
public final class Put implements Callable<Integer> {
  private final Console console;

  @Mixin private final ValueArguments value = new ValueArguments();
  @Mixin private final ContextOption context = new ContextOption();
  @Mixin private final WriteQuorums quorums = new WriteQuorums();
  @Mixin private final NodeQuorums nodes = new NodeQuorums();
  @Mixin private final NodeOptions options = new NodeOptions();

  public Put(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws CommandFailed {
    ItemName name = value.name();
    Optional<String> seen = context.token();
    Version version = value.version(console);
    var client = new ItemClient(options.client(console), name);
    Written written =
        client.write(options.limit(nodes.apply(quorums.apply(name.target()))), version, seen);
    new WriteReport(console, name, options.json()).stored(version, written);
    return ExitCode.OK.status();
  }
}
