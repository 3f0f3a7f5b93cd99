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

/** Shows the members and their shares. */
@Command(
    name = "show",
    description = {
      "Show the members of the cluster: whether the node asked is connected to them, of how many"
          + " partitions they are the first owner, and of how many they hold a replica."
    },
    footer = {"", "Example:", "  cartwheel ring show -o json"})
final class RingShow implements Callable<Integer> {
  private final Console console;

  @Mixin private final NodeOptions options = new NodeOptions();

  RingShow(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws CommandFailed {
    AdminPage.of("ring").show(console, options, this::print);
    return ExitCode.OK.status();
  }

  private void print(JsonObject ring) {
    var table = new Table("MEMBER", "STATE", "PARTITIONS", "REPLICAS", "PEER", "HTTP", "ID");
    for (JsonObject member : ring.objects("members")) {
      boolean asked = member.text("id").equals(ring.text("self"));
      table.row(
          member.text("name").orElse("?"),
          asked ? "asked" : member.text("state").orElse("?"),
          member.text("partitions").orElse("?"),
          member.text("replicas").orElse("?"),
          member.text("peer").orElse("?"),
          member.text("http").orElse("-"),
          member.text("id").orElse("?"));
    }
    table.print(console.out());
    console
        .out()
        .println(
            "%s partitions, list version %s, cluster %s%s%s"
                .formatted(
                    ring.text("partitions").orElse("?"),
                    ring.text("version").orElse("?"),
                    ring.text("cluster_id").orElse("?"),
                    ring.truth("ready") ? "" : "; the node asked is not ready",
                    ring.truth("recovering") ? "; the node asked is recovering" : ""));
  }
}
