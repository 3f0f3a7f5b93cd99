package io.cartwheel.cli.local;

import io.cartwheel.cli.console.CommandFailed;
import io.cartwheel.cli.console.Console;
import io.cartwheel.cli.console.ExitCode;
import io.cartwheel.server.config.ConfigReference;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a configuration file to begin with. */
@Command(
    name = "init",
    description = "Write a configuration file that names every key, with its default and purpose.",
    footer = {
      "",
      "Examples:",
      "  cartwheel config init",
      "  cartwheel config init /etc/cartwheel/n1.toml",
      "  cartwheel config init - | less"
    })
final class ConfigInit implements Callable<Integer> {
  private final Console console;

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description =
          "Where to (default: " + ConfigurationOptions.USUAL_FILE + "); - for standard output.")
  private String file = ConfigurationOptions.USUAL_FILE;

  @Option(names = "--force", description = "Replace a file that is there.")
  private boolean force;

  ConfigInit(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws CommandFailed {
    if (file.equals("-")) {
      console.out().print(ConfigReference.template());
      return ExitCode.OK.status();
    }
    try {
      Files.writeString(Path.of(file), ConfigReference.template(), options());
    } catch (FileAlreadyExistsException e) {
      throw new CommandFailed(ExitCode.FAILED, file + " is there already; --force replaces it");
    } catch (IOException e) {
      throw new CommandFailed(ExitCode.FAILED, file + " can't be written: " + e);
    }
    console.out().println("wrote " + file + ": every key, commented out, with its default");
    return ExitCode.OK.status();
  }

  private OpenOption[] options() {
    return force
        ? new OpenOption[] {
          StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE
        }
        : new OpenOption[] {StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE};
  }
}
