package io.cartwheel.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The commands of the guide, run by bash against a cluster, print what the guide says. */
class GuideIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @RegisterExtension static final CartwheelCluster cluster = CartwheelCluster.of(3);

  @TempDir private Path folder;

  static List<Path> pages() throws IOException {
    try (Stream<Path> pages = Files.list(SourceRoot.find().resolve("docs/guide"))) {
      return pages.filter(page -> page.toString().endsWith(".md")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void eachCommandWorksAndPrintsWhatThePageShows(Path page) throws IOException {
    Guide guide = Guide.of(addressed(Files.readString(page)));
    assertThat(guide.steps()).as(page.toString()).isNotEmpty();
    writeCommand();
    Path script = Files.writeString(folder.resolve("script"), guide.script());
    Command bash = Command.run(List.of("bash", script.toString()), folder, PATIENCE);
    assertThat(guide.surprises(bash.out())).as(bash.err()).isEmpty();
    assertThat(bash.status()).as(bash.err()).isZero();
  }

  /** The page with the cluster's addresses instead of those that a reader has. */
  private static String addressed(String page) {
    return page.replace("127.0.0.1:8098", http("n1"))
        .replace("127.0.0.1:8101", http("n1"))
        .replace("127.0.0.1:8102", http("n2"))
        .replace("127.0.0.1:8103", http("n3"));
  }

  private static String http(String node) {
    return NodeSettings.loopback(cluster.node(node).settings().ports().http());
  }

  /** The launcher would build; this is the same command from what is built. */
  private void writeCommand() throws IOException {
    String command =
        Launch.classPath().command(List.of()).stream()
            .map(word -> "'" + word + "'")
            .collect(Collectors.joining(" "));
    Path file =
        Files.writeString(
            folder.resolve("cartwheel"),
            "#!/usr/bin/env bash\nCARTWHEEL_NODE=%s exec %s \"$@\"\n"
                .formatted(http("n1"), command));
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }
}
