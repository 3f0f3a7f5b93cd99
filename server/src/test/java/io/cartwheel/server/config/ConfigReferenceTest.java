package io.cartwheel.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigReferenceTest {
  private static final Path GUIDE = Path.of("..", "docs", "configuration.md");
  private static final String BEGIN = "<!-- keys: begin -->\n";
  private static final String END = "<!-- keys: end -->";

  @TempDir private Path folder;

  @Test
  void theGuideListsAllKeys() throws Exception {
    String guide = Files.readString(GUIDE);
    String table = guide.substring(guide.indexOf(BEGIN) + BEGIN.length(), guide.indexOf(END));
    assertThat(table)
        .as("the part of docs/configuration.md between the marks, which ConfigReference writes")
        .isEqualTo(ConfigReference.markdown());
  }

  @Test
  void theTemplateSaysTheDefaults() throws Exception {
    String template = ConfigReference.template();
    String spoken = template.replaceAll("(?m)^# (\\w+ = )", "$1");
    Path file = Files.writeString(folder.resolve("all.toml"), spoken);
    Configuration loaded = ConfigLoader.load(Optional.of(file), Map.of(), Map.of());
    assertThat(loaded.effective().stream().map(Setting::text))
        .isEqualTo(Configuration.defaults().effective().stream().map(Setting::text).toList());
    assertThat(loaded.effective()).allMatch(Setting::isExplicit);
  }

  @Test
  void eachKeyHasAVariableAndAFlagOfItsOwn() {
    assertThat(ConfigKeys.all().stream().map(ConfigKey::variable)).doesNotHaveDuplicates();
    assertThat(ConfigKeys.all().stream().map(ConfigKey::flag)).doesNotHaveDuplicates();
    assertThat(ConfigKeys.MAX_VALUE.variable()).isEqualTo("CARTWHEEL_LIMITS_MAX_VALUE");
    assertThat(ConfigKeys.MAX_VALUE.flag()).isEqualTo("--limits-max-value");
  }
}
