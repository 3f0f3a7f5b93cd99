package io.cartwheel.cli.console;

import java.util.Locale;

/** How results are printed. */
public enum OutputFormat {
  /** For people. */
  TABLE,
  /** For scripts: one JSON value on one line. */
  JSON;

  /** Lower case, as on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
