package io.cartwheel.cli.console;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * The world as a command sees it: its streams and its environment, so that tests can hand in their
 * own.
 *
 * @param in what a value is read from when the command line says {@code -}
 * @param out results only
 * @param err everything else
 * @param environment the process's variables
 * @param terminal whether somebody looks on while it works
 */
public record Console(
    InputStream in,
    PrintStream out,
    PrintStream err,
    Map<String, String> environment,
    BooleanSupplier terminal) {

  /** The process's own. */
  public static Console ofProcess() {
    return new Console(
        System.in,
        new ResultStream(new FileOutputStream(FileDescriptor.out)),
        System.err,
        System.getenv(),
        Console::isAtTerminal);
  }

  private static boolean isAtTerminal() {
    return Optional.ofNullable(System.console()).filter(java.io.Console::isTerminal).isPresent();
  }

  /**
   * Makes sure that all output arrived.
   *
   * @throws CommandFailed when stdout took less than was written, as a full disk does
   */
  public void finish() throws CommandFailed {
    if (out.checkError()) {
      String why = out instanceof ResultStream results ? results.trouble() : "it failed";
      throw new CommandFailed(ExitCode.FAILED, "standard output can't be written: " + why);
    }
  }
}
