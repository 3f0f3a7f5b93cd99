package io.cartwheel.cli;

import io.cartwheel.cli.console.Console;

/** Where the process begins. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    System.exit(new Cartwheel(Console.ofProcess()).run(args));
  }
}
