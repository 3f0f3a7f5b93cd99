package io.cartwheel.cli.console;

/** What the command's status says to scripts. */
public enum ExitCode {
  OK,
  /** It did not work, for a reason told on stderr. */
  FAILED,
  /** The command line is wrong; nothing was done. */
  USAGE,
  /** There is no such item, type or file at the node. */
  NOT_FOUND,
  /** No node answers, or too few replicas can be reached. */
  UNAVAILABLE,
  /** The deadline passed; a write may still have happened. */
  TIMEOUT;

  public int status() {
    return ordinal();
  }
}
