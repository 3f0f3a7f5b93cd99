package io.cartwheel.cli.local;

import io.cartwheel.cli.console.CommandFailed;
import io.cartwheel.cli.console.Console;
import io.cartwheel.cli.console.ExitCode;
import io.cartwheel.server.CartwheelServer;
import io.cartwheel.server.StartException;
import io.cartwheel.server.config.Configuration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Runs a node until the process is asked to end. */
@Command(
    name = "server",
    customSynopsis = "cartwheel server [-c FILE] [--KEY VALUE]... [--set KEY=VALUE]...",
    synopsisHeading = "Usage: ",
    description = {
      "Run a node. It prints one line that begins with 'ready' when it serves, and stops cleanly on"
          + " SIGTERM.",
      "Flags come before CARTWHEEL_* variables, these before the file, that before the defaults."
    },
    footer = {
      "",
      "Examples:",
      "  cartwheel server",
      "  cartwheel server -c n1.toml",
      "  cartwheel server --name n1 --data-dir data/n1 --http 127.0.0.1:8101 \\",
      "      --pb 127.0.0.1:8201 --peer 127.0.0.1:7101 \\",
      "      --initial-cluster n1=127.0.0.1:7101,n2=127.0.0.1:7102,n3=127.0.0.1:7103"
    })
public final class ServerVerb implements Callable<Integer> {
  private final Console console;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private final ConfigurationOptions options = new ConfigurationOptions();

  private ServerVerb(Console console) {
    this.console = console;
  }

  /** The verb with a flag for each key. */
  public static CommandLine of(Console console) {
    return ConfigurationOptions.withFlags(new CommandLine(new ServerVerb(console)));
  }

  @Override
  public Integer call() throws CommandFailed {
    Configuration configuration = options.load(console, spec.commandLine().getParseResult());
    try {
      CartwheelServer.start(configuration, console.out()).closeWithProcess();
    } catch (StartException e) {
      throw new CommandFailed(ExitCode.FAILED, String.valueOf(e.getMessage()));
    }
    awaitEndOfProcess();
    return ExitCode.OK.status();
  }

  /** The process ends by a signal, which stops the node and answers the status itself. */
  private static void awaitEndOfProcess() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
