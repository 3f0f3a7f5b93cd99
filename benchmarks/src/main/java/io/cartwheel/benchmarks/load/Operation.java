package io.cartwheel.benchmarks.load;

import java.util.Locale;

/** What a workload is made of. */
public enum Operation {
  /** Reads a record. */
  READ,
  /** Replaces a record's value by a new one, reading it first when its context is not known. */
  UPDATE;

  /** Lower case, as in reports. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
