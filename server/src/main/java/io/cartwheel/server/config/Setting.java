package io.cartwheel.server.config;

/**
 * A key with the value that is in force.
 *
 * @param text the value as it was written
 */
public record Setting(ConfigKey<?> key, String text, Source source) {

  /** Whether somebody wrote it down. */
  public boolean isExplicit() {
    return !(source instanceof Source.Default);
  }
}
