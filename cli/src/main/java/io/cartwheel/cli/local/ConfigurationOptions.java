package io.cartwheel.cli.local;

import io.cartwheel.cli.console.CommandFailed;
import io.cartwheel.cli.console.Console;
import io.cartwheel.cli.console.ExitCode;
import io.cartwheel.server.config.ConfigException;
import io.cartwheel.server.config.ConfigKey;
import io.cartwheel.server.config.ConfigKeys;
import io.cartwheel.server.config.ConfigLoader;
import io.cartwheel.server.config.Configuration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;

/** The options that make up a node's configuration: a file, and a flag for each key. */
final class ConfigurationOptions {
  static final String USUAL_FILE = "cartwheel.toml";

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      order = 1,
      description =
          "The configuration file; else $"
              + ConfigLoader.FILE_VARIABLE
              + ", else "
              + USUAL_FILE
              + " in this folder if there is one.")
  private Optional<Path> file = Optional.empty();

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      order = 2,
      description = "Set any key by its name in the file, such as bucket_types.carts.n=5.")
  private Map<String, String> set = new LinkedHashMap<>();

  /** Gives a command a flag for each key of the server's table. */
  static CommandLine withFlags(CommandLine line) {
    CommandSpec spec = line.getCommandSpec();
    int order = 10;
    for (ConfigKey<?> key : ConfigKeys.all()) {
      spec.addOption(
          OptionSpec.builder(key.flag())
              .paramLabel("VALUE")
              .type(String.class)
              .order(order++)
              .description(description(key))
              .build());
    }
    return line;
  }

  private static String description(ConfigKey<?> key) {
    String byDefault = key.byDefault().isEmpty() ? "" : " (default: " + key.byDefault() + ")";
    return (key.purpose() + byDefault).replace("%", "%%");
  }

  /** Puts the configuration together; flags come before the environment, that before the file. */
  Configuration load(Console console, ParseResult parsed) throws CommandFailed {
    var flags = new LinkedHashMap<>(set);
    for (ConfigKey<?> key : ConfigKeys.all()) {
      if (parsed.hasMatchedOption(key.flag())) {
        flags.put(key.name(), parsed.matchedOptionValue(key.flag(), ""));
      }
    }
    try {
      return ConfigLoader.load(file(console), console.environment(), flags);
    } catch (ConfigException e) {
      throw new CommandFailed(ExitCode.USAGE, String.join("\n", e.problems()));
    }
  }

  private Optional<Path> file(Console console) {
    if (file.isPresent()) {
      return file;
    }
    String named = console.environment().getOrDefault(ConfigLoader.FILE_VARIABLE, "");
    if (!named.isEmpty()) {
      return Optional.of(Path.of(named));
    }
    return Optional.of(Path.of(USUAL_FILE)).filter(Files::exists);
  }
}
