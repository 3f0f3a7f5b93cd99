package io.cartwheel.cli.item;

import io.cartwheel.cli.console.CommandFailed;
import io.cartwheel.cli.console.Console;
import io.cartwheel.cli.console.ExitCode;
import io.cartwheel.cli.http.NodeOptions;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Deletes an item. */
@Command(
    name = "delete",
    description = {
      "Delete an item.",
      "With the context of an earlier read, versions written since survive. Without one, the node"
          + " reads first and deletes what it finds."
    },
    footer = {
      "",
      "Examples:",
      "  cartwheel delete carts alice",
      "  cartwheel delete carts alice --context \"$context\" -w all"
    })
public final class Delete implements Callable<Integer> {
  private final Console console;

  @Mixin private final ItemArguments item = new ItemArguments();
  @Mixin private final ContextOption context = new ContextOption();
  @Mixin private final ReadQuorums reads = new ReadQuorums();
  @Mixin private final WriteQuorums writes = new WriteQuorums();
  @Mixin private final NodeQuorums nodes = new NodeQuorums();
  @Mixin private final NodeOptions options = new NodeOptions();

  public Delete(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws CommandFailed {
    ItemName name = item.name();
    Optional<String> seen = context.token();
    var client = new ItemClient(options.client(console), name);
    Written written =
        client.delete(options.limit(nodes.apply(writes.apply(reads.apply(name.target())))), seen);
    new WriteReport(console, name, options.json()).deleted(written);
    return ExitCode.OK.status();
  }
}
