package io.cartwheel.testing;

import java.nio.file.Files;
import java.nio.file.Path;

/** The folder that all modules are in. */
final class SourceRoot {
  private SourceRoot() {}

  static Path find() {
    for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      if (Files.exists(folder.resolve("core/pom.xml"))) {
        return folder;
      }
    }
    throw new IllegalStateException("not within the source tree");
  }
}
