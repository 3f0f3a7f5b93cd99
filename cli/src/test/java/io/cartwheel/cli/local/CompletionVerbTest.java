package io.cartwheel.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.cartwheel.cli.Ran;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The script as bash runs it, asked what it would offer. */
class CompletionVerbTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "cartwheel si,siblings",
    "cartwheel ring pr,preflist",
    "cartwheel hints dr,drain",
    "cartwheel hints drain --ti,--timeout",
    "cartwheel get carts alice --vt,--vtag",
    "cartwheel get carts alice -o j,json",
    "./cartwheel server --data-d,--data-dir",
    "cartwheel completion z,zsh"
  })
  void bashCompletesVerbsOptionsAndValues(String typed, String expected) throws Exception {
    assertThat(offered(typed)).contains(expected);
  }

  @Test
  void whatIsNotBegunLikeThatIsNotOffered() throws Exception {
    assertThat(offered("cartwheel si")).contains("siblings").doesNotContain("server", "get");
  }

  @Test
  void anotherShellIsRefused() {
    Ran ran = Ran.command("completion", "fish");
    assertThat(ran.status()).isEqualTo(2);
    assertThat(ran.err()).contains("bash", "zsh");
  }

  private List<String> offered(String typed) throws IOException, InterruptedException {
    Path script =
        Files.writeString(folder.resolve("script"), Ran.command("completion", "bash").out());
    String words =
        Stream.of(typed.split(" ")).map(word -> "'" + word + "'").collect(Collectors.joining(" "));
    String asking =
        """
        source '%s'
        function=$(complete -p cartwheel | sed 's/.*-F \\([^ ]*\\).*/\\1/')
        COMP_WORDS=(%s); COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
        COMP_LINE='%s'; COMP_POINT=${#COMP_LINE}
        "$function" cartwheel "${COMP_WORDS[-1]}" ''
        printf '%%s\\n' "${COMPREPLY[@]}"
        """
            .formatted(script, words, typed);
    Process bash =
        new ProcessBuilder("bash", "--norc", "-c", asking).redirectErrorStream(true).start();
    bash.getOutputStream().close();
    String printed = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(bash.waitFor()).as(printed).isZero();
    return printed.lines().map(String::strip).toList();
  }
}
