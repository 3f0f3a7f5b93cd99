package io.cartwheel.cli.local;

import io.cartwheel.cli.console.Console;
import io.cartwheel.cli.console.ExitCode;
import io.cartwheel.cli.console.Json;
import io.cartwheel.cli.console.OutputOption;
import io.cartwheel.server.config.ConfigException;
import io.cartwheel.server.config.ConfigLoader;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Tells what is wrong with a configuration file. */
@Command(
    name = "check",
    description = "Check a configuration file by itself, without flags and environment.",
    footer = {"", "Example:", "  cartwheel config check cartwheel.toml"})
final class ConfigCheck implements Callable<Integer> {
  private final Console console;

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "The file (default: " + ConfigurationOptions.USUAL_FILE + ").")
  private Path file = Path.of(ConfigurationOptions.USUAL_FILE);

  @Mixin private final OutputOption output = new OutputOption();

  ConfigCheck(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    List<String> problems = problems();
    if (output.json()) {
      var verdict = new LinkedHashMap<String, Object>();
      verdict.put("file", file);
      verdict.put("ok", problems.isEmpty());
      verdict.put("problems", problems);
      Json.print(console.out(), verdict);
    } else if (problems.isEmpty()) {
      console.out().println(file + " is fine");
    } else {
      problems.forEach(console.out()::println);
    }
    return (problems.isEmpty() ? ExitCode.OK : ExitCode.FAILED).status();
  }

  private List<String> problems() {
    try {
      ConfigLoader.load(Optional.of(file), Map.of(), Map.of());
      return List.of();
    } catch (ConfigException e) {
      return e.problems();
    }
  }
}
