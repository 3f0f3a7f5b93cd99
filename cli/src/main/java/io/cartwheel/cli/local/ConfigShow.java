package io.cartwheel.cli.local;

import io.cartwheel.cli.console.CommandFailed;
import io.cartwheel.cli.console.Console;
import io.cartwheel.cli.console.ExitCode;
import io.cartwheel.cli.console.Json;
import io.cartwheel.cli.console.OutputOption;
import io.cartwheel.cli.console.Table;
import io.cartwheel.server.config.Setting;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows what a server started with the same words would run with. */
@Command(
    name = "show",
    customSynopsis =
        "cartwheel config show [--effective] [-c FILE] [--KEY VALUE]... [--set KEY=VALUE]...",
    synopsisHeading = "Usage: ",
    description = {
      "Show the configuration that 'cartwheel server' with the same flags would have here, each"
          + " value with its source: a flag, a variable or the file.",
      "Flags come before CARTWHEEL_* variables, these before the file, that before the defaults."
    },
    footer = {
      "",
      "Examples:",
      "  cartwheel config show",
      "  cartwheel config show --effective -c n1.toml --http 127.0.0.1:9098"
    })
final class ConfigShow implements Callable<Integer> {
  private final Console console;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private final ConfigurationOptions options = new ConfigurationOptions();
  @Mixin private final OutputOption output = new OutputOption();

  @Option(names = "--effective", order = 3, description = "Show defaults too.")
  private boolean effective;

  private ConfigShow(Console console) {
    this.console = console;
  }

  static CommandLine of(Console console) {
    return ConfigurationOptions.withFlags(new CommandLine(new ConfigShow(console)));
  }

  @Override
  public Integer call() throws CommandFailed {
    List<Setting> shown =
        options.load(console, spec.commandLine().getParseResult()).effective().stream()
            .filter(setting -> effective || setting.isExplicit())
            .toList();
    if (output.json()) {
      Json.print(
          console.out(), Map.of("settings", shown.stream().map(ConfigShow::members).toList()));
    } else if (shown.isEmpty()) {
      console.out().println("nothing is set; --effective shows the defaults");
    } else {
      print(shown);
    }
    return ExitCode.OK.status();
  }

  private void print(List<Setting> settings) {
    var table = new Table("KEY", "VALUE", "SOURCE");
    for (Setting setting : settings) {
      table.row(
          setting.key().name(),
          setting.text().isEmpty() ? "\"\"" : setting.text(),
          setting.source().described());
    }
    table.print(console.out());
  }

  private static Map<String, Object> members(Setting setting) {
    var members = new LinkedHashMap<String, Object>();
    members.put("key", setting.key().name());
    members.put("value", setting.text());
    members.put("source", setting.source().described());
    return members;
  }
}
