package io.cartwheel.cli.admin;

import io.cartwheel.cli.console.CommandFailed;
import io.cartwheel.cli.console.Console;
import io.cartwheel.cli.console.ExitCode;
import io.cartwheel.cli.console.JsonObject;
import io.cartwheel.cli.console.Table;
import io.cartwheel.cli.http.AdminPage;
import io.cartwheel.cli.http.NodeOptions;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows and changes what one node logs. */
@Command(
    name = "log-level",
    description = {
      "Show from which level on a node's loggers log, or change one.",
      "A change is in force at once, also for loggers below that one, and until the node restarts;"
          + " 'log.level' in its configuration is for good. The levels are error, warn, info, debug"
          + " and trace."
    },
    footer = {
      "",
      "Examples:",
      "  cartwheel admin log-level",
      "  cartwheel admin log-level cartwheel.node",
      "  cartwheel admin log-level root debug --node 127.0.0.1:8101"
    })
final class AdminLogLevel implements Callable<Integer> {
  private final Console console;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "LOGGER",
      description = "One of the node's own, or root for all; without it all are shown.")
  private Optional<String> logger = Optional.empty();

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "LEVEL",
      description = "Its new level; without it the present one is shown.")
  private Optional<String> level = Optional.empty();

  @Mixin private final NodeOptions options = new NodeOptions();

  AdminLogLevel(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws CommandFailed {
    AdminPage all = AdminPage.of("log-level");
    AdminPage page = logger.map(name -> all.with("logger", name)).orElse(all);
    if (level.isPresent()) {
      page.with("level", level.get()).put(console, options, this::print);
    } else {
      page.show(console, options, this::print);
    }
    return ExitCode.OK.status();
  }

  private void print(JsonObject answer) {
    var table = new Table("LOGGER", "LEVEL");
    answer
        .object("levels")
        .ifPresent(
            levels -> levels.members().forEach((name, value) -> table.row(name, value.toString())));
    table.print(console.out());
  }
}
