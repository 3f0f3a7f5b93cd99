package io.cartwheel.server.config;

import java.util.Locale;

/**
 * One thing that can be configured.
 *
 * @param name its name in the file, with dots between tables: {@code limits.max_value}
 * @param kind what values it takes
 * @param byDefault the default as it would be written
 * @param purpose what it does, as a sentence for the reference
 */
public record ConfigKey<T>(String name, Kind<T> kind, String byDefault, String purpose) {
  static final String VARIABLE_PREFIX = "CARTWHEEL_";

  /** The environment variable that sets it. */
  public String variable() {
    return VARIABLE_PREFIX + name.toUpperCase(Locale.ROOT).replace('.', '_');
  }

  /** The flag of {@code cartwheel server} that sets it. */
  public String flag() {
    return "--" + name.replace('.', '-').replace('_', '-');
  }
}
