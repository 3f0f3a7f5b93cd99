package io.cartwheel.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.cartwheel.cli.Ran;
import io.cartwheel.server.config.ConfigKey;
import io.cartwheel.server.config.ConfigKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigVerbTest {
  @TempDir private Path folder;

  @Test
  void aNewFileNamesEveryKeyAndPassesTheCheck() throws IOException {
    Path file = folder.resolve("n1.toml");
    assertThat(Ran.command("config", "init", file.toString()).status()).isZero();
    String text = Files.readString(file);
    for (ConfigKey<?> key : ConfigKeys.all()) {
      String name = key.name().substring(key.name().lastIndexOf('.') + 1);
      assertThat(text).contains("# " + name + " = ");
    }
    Ran check = Ran.command("config", "check", file.toString());
    assertThat(check).isEqualTo(new Ran(0, file + " is fine\n", ""));
  }

  @Test
  void theTemplateWithEveryDefaultWrittenOutPassesToo() throws IOException {
    String template = Ran.command("config", "init", "-").out();
    Path file =
        Files.writeString(
            folder.resolve("all.toml"), template.replaceAll("(?m)^# (\\w+ = )", "$1"));
    assertThat(Ran.command("config", "check", file.toString()).out())
        .isEqualTo(file + " is fine\n");
  }

  @Test
  void aFileThatIsThereIsNotReplacedUnasked() throws IOException {
    Path file = Files.writeString(folder.resolve("mine.toml"), "name = \"mine\"\n");
    Ran refused = Ran.command("config", "init", file.toString());
    assertThat(refused.status()).isEqualTo(1);
    assertThat(refused.err()).contains("is there already; --force replaces it");
    assertThat(file).hasContent("name = \"mine\"\n");
    assertThat(Ran.command("config", "init", file.toString(), "--force").status()).isZero();
  }

  @Test
  void everyProblemIsToldOnALineOfItsOwn() throws IOException {
    Path file = Files.writeString(folder.resolve("bad.toml"), "htpp = \"x\"\nshards = 3\n");
    Ran check = Ran.command("config", "check", file.toString());
    assertThat(check.status()).isEqualTo(1);
    assertThat(check.out().lines()).hasSize(2);
    assertThat(check.out()).contains("unknown key htpp", "did you mean http?", "shards");
    assertThat(Ran.command("config", "check", file.toString(), "-o", "json").out())
        .contains("\"ok\":false,\"problems\":[\"");
  }

  @Test
  void aMissingFileIsAProblem() {
    Ran check = Ran.command("config", "check", folder.resolve("absent").toString());
    assertThat(check.status()).isEqualTo(1);
    assertThat(check.out()).contains("absent");
  }

  @Test
  void eachValueIsShownWithItsSource() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("n.toml"),
            "name = \"by-file\"\nhttp = \"127.0.0.1:1\"\npb = \"127.0.0.1:2\"\n");
    Map<String, String> environment =
        Map.of("CARTWHEEL_HTTP", "127.0.0.1:11", "CARTWHEEL_PB", "127.0.0.1:12");
    Ran show =
        Ran.run(
            "",
            environment,
            "config",
            "show",
            "-c",
            file.toString(),
            "--pb=127.0.0.1:22",
            "--set",
            "bucket_types.carts.n=5");
    assertThat(show.status()).as(show.err()).isZero();
    assertThat(show.out().lines().map(line -> line.replaceAll(" +", " ")))
        .containsExactly(
            "KEY VALUE SOURCE",
            "name by-file file " + file,
            "http 127.0.0.1:11 variable CARTWHEEL_HTTP",
            "pb 127.0.0.1:22 flag --pb",
            "bucket_types.carts.n 5 flag --set bucket_types.carts.n");
  }

  @Test
  void theVariableNamesTheFile() throws IOException {
    Path file = Files.writeString(folder.resolve("n.toml"), "name = \"by-file\"\n");
    Ran show =
        Ran.run("", Map.of("CARTWHEEL_CONFIG", file.toString()), "config", "show", "-o", "json");
    assertThat(show.out())
        .isEqualTo(
            "{\"settings\":[{\"key\":\"name\",\"value\":\"by-file\",\"source\":\"file "
                + file
                + "\"}]}\n");
  }

  @Test
  void effectiveShowsDefaultsToo() {
    assertThat(Ran.command("config", "show").out()).contains("nothing is set");
    Ran show = Ran.command("config", "show", "--effective");
    assertThat(show.out().lines().count()).isGreaterThan(ConfigKeys.all().size());
    assertThat(show.out()).contains("limits.max_value", "1MiB", "default");
  }

  @Test
  void aWrongFlagIsUsageWithAReasonEach() {
    Ran show = Ran.command("config", "show", "--http=nonsense", "--shards", "3");
    assertThat(show.status()).isEqualTo(2);
    assertThat(show.errors()).hasSize(3);
    assertThat(show.err()).contains("flag --http", "flag --shards", "--help' shows");
    assertThat(Ran.command("config", "show", "--htpp=x").err()).contains("did you mean --http?");
  }
}
