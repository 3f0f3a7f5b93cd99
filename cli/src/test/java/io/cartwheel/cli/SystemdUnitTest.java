package io.cartwheel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cartwheel.cli.console.Console;
import io.cartwheel.server.config.ConfigKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The unit that operators copy, against the command that it starts. */
class SystemdUnitTest {
  private static final Path UNIT = Path.of("../deploy/systemd/cartwheel.service");
  private static final Path ANALYZE = Path.of("/usr/bin/systemd-analyze");

  @TempDir private Path folder;
  private String unit = "";

  @BeforeEach
  void read() throws IOException {
    unit = Files.readString(UNIT);
  }

  @Test
  void theCommandTakesTheOptionsThatItIsStartedWith() {
    List<String> start = List.of(value("ExecStart").split(" "));
    String[] words = start.subList(1, start.size()).toArray(String[]::new);
    assertThat(start.getFirst()).endsWith("/cartwheel");
    assertThat(words[0]).isEqualTo("server");
    assertThatCode(() -> new Cartwheel(Console.ofProcess()).commandLine(words).parseArgs(words))
        .doesNotThrowAnyException();
    assertThat(words).contains("--data-dir", "/var/lib/" + value("StateDirectory"));
  }

  @Test
  void systemdIsMorePatientThanTheNode() {
    // It waits for clients' requests first, and as long again for what they left to do.
    Duration node =
        Duration.ofSeconds(Long.parseLong(ConfigKeys.STOP_TIMEOUT.byDefault().replace("s", "")));
    Duration systemd = Duration.ofSeconds(Long.parseLong(value("TimeoutStopSec").replace("s", "")));
    assertThat(systemd).isGreaterThan(node.multipliedBy(2));
  }

  @Test
  void onlyTheStateFolderIsWritable() {
    assertThat(unit.lines())
        .contains("ProtectSystem=strict", "NoNewPrivileges=yes", "ProtectHome=yes")
        .noneMatch(line -> line.startsWith("ReadWritePaths"));
  }

  @Test
  void systemdKnowsEverySetting() throws Exception {
    assumeTrue(Files.isExecutable(ANALYZE), "systemd-analyze is not installed");
    String program = value("ExecStart").split(" ")[0];
    Path copy =
        Files.writeString(folder.resolve("cartwheel.service"), unit.replace(program, "/bin/true"));
    Process verify =
        new ProcessBuilder(ANALYZE.toString(), "verify", copy.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(verify.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(verify.waitFor()).as(said).isZero();
    assertThat(said).doesNotContain("Unknown", "Failed to parse");
  }

  private String value(String name) {
    return Arrays.stream(unit.split("\n"))
        .filter(line -> line.startsWith(name + "="))
        .map(line -> line.substring(name.length() + 1))
        .findFirst()
        .orElseThrow();
  }
}
