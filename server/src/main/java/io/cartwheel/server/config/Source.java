package io.cartwheel.server.config;

import java.nio.file.Path;

/** Where a value came from. */
public sealed interface Source {

  /** Nobody said anything. */
  record Default() implements Source {}

  /** A configuration file. */
  record File(Path path) implements Source {}

  /** A variable of the environment. */
  record Variable(String name) implements Source {}

  /** The command line. */
  record Flag(String name) implements Source {}

  /** For people: {@code flag --http}, {@code file cartwheel.toml}. */
  default String described() {
    return switch (this) {
      case Default _ -> "default";
      case File(Path path) -> "file " + path;
      case Variable(String name) -> "variable " + name;
      case Flag(String name) -> "flag " + name;
    };
  }
}
