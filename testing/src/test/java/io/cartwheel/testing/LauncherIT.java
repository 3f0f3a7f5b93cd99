package io.cartwheel.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher script over a distribution: itself, and the jars beside it in lib/. */
class LauncherIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** What the verbs below load. */
  private static final Pattern NEEDED =
      Pattern.compile("(cartwheel-core|picocli|jackson-core).*[.]jar");

  @TempDir private Path folder;
  private Path script;

  @BeforeEach
  void install() throws IOException {
    Path home = Files.createDirectories(folder.resolve("with space/cartwheel-1"));
    Path lib = Files.createDirectories(home.resolve("lib"));
    Path built = SourceRoot.find().resolve("cli/target");
    Files.copy(built.resolve("cartwheel-cli.jar"), lib.resolve("cartwheel-cli.jar"));
    try (Stream<Path> jars = Files.list(built.resolve("lib"))) {
      for (Path jar : jars.toList()) {
        if (NEEDED.matcher(jar.getFileName().toString()).matches()) {
          Files.copy(jar, lib.resolve(jar.getFileName()));
        }
      }
    }
    script = Files.copy(SourceRoot.find().resolve("cartwheel"), home.resolve("cartwheel"));
    assertThat(script.toFile().setExecutable(true)).isTrue();
  }

  @Test
  void theLauncherWorksThroughLinksAndFromAnotherFolder() throws IOException {
    Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
    Path link = Files.createSymbolicLink(elsewhere.resolve("direct"), script);
    Path relative = Files.createSymbolicLink(elsewhere.resolve("cw"), Path.of("direct"));
    for (Path way : List.of(script, link, relative)) {
      Command version = Command.run(List.of(way.toString(), "version"), elsewhere, PATIENCE);
      assertThat(version.err()).isEmpty();
      assertThat(version.status()).isZero();
      assertThat(version.out()).startsWith("cartwheel ");
    }
  }

  @Test
  void theLauncherPassesWordsAndStatusOn() {
    Command usage = Command.run(List.of(script.toString(), "get", "a b", ""), folder, PATIENCE);
    assertThat(usage.status()).isEqualTo(2);
    assertThat(usage.err()).startsWith("cartwheel get: type, bucket and key can't be empty");
  }
}
