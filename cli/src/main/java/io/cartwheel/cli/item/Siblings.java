package io.cartwheel.cli.item;

import io.cartwheel.cli.console.CommandFailed;
import io.cartwheel.cli.console.Console;
import io.cartwheel.cli.console.ExitCode;
import io.cartwheel.cli.console.Json;
import io.cartwheel.cli.http.NodeOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists an item's versions. */
@Command(
    name = "siblings",
    description = "List the versions of an item, and the context that covers them all.",
    footer = {
      "",
      "Examples:",
      "  cartwheel siblings carts alice",
      "  cartwheel siblings carts alice -o json | jq -r '.siblings[].value | @base64d'"
    })
public final class Siblings implements Callable<Integer> {
  private final Console console;

  @Mixin private final ItemArguments item = new ItemArguments();
  @Mixin private final ReadQuorums quorums = new ReadQuorums();
  @Mixin private final NodeQuorums nodes = new NodeQuorums();
  @Mixin private final NodeOptions options = new NodeOptions();

  public Siblings(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws CommandFailed {
    ItemName name = item.name();
    var client = new ItemClient(options.client(console), name);
    Fetched fetched = client.read(options.limit(nodes.apply(quorums.apply(name.target()))));
    if (options.json()) {
      Json.print(console.out(), fetched.toJson(name));
    }
    return switch (fetched) {
      case Fetched.Absent nothing -> throw client.failure(nothing);
      case Fetched.Found found -> {
        if (!options.json()) {
          SiblingTable.print(console.out(), found.versions());
          if (found.deletes() > 0) {
            console.out().println("deletes  " + found.deletes());
          }
          found.context().ifPresent(context -> console.out().println("context  " + context));
        }
        yield ExitCode.OK.status();
      }
    };
  }
}
