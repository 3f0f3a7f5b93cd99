package io.cartwheel.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code cartwheel} command: where every verb hangs. */
@Command(name = "cartwheel", mixinStandardHelpOptions = true, version = "cartwheel 0.1.0-SNAPSHOT")
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    System.exit(new CommandLine(new Main()).execute(args));
  }

  @Command(name = "version", description = "Print the version.")
  void version() {
    System.out.println("cartwheel 0.1.0-SNAPSHOT");
  }
}
