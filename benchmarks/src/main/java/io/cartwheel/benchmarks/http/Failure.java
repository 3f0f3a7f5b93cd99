package io.cartwheel.benchmarks.http;

import java.util.Locale;

/** Why there was no answer. */
public enum Failure implements Outcome {
  /** No node took a connection. */
  REFUSED,
  /** The connection ended before the answer did. */
  BROKEN,
  /** The answer did not come in time. */
  TIMEOUT,
  /** What came was no HTTP. */
  MALFORMED;

  /** As errors are counted: in lower case. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
