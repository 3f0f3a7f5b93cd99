package io.cartwheel.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That a page which says something wrong is noticed. */
class GuideTest {
  private static final String PAGE =
      """
      # A page

      ```sh
      a=1
      echo "a is $a"
      printf 'no end of line'
      ```

      ```text
      a is ...
      no end of line
      ```

      Words, and commands whose output is not shown:

      ```sh
      echo "still $a"
      ```

      ```toml
      not = "run"
      ```
      """;

  @TempDir private Path folder;

  @Test
  void aPageThatTellsTheTruthHasNoSurprises() {
    assertThat(Guide.of(PAGE).steps()).hasSize(2);
    assertThat(surprises(PAGE)).isEmpty();
  }

  @Test
  void outputThatIsNotWhatIsShownIsFound() {
    assertThat(surprises(PAGE.replace("a is ...", "b is ...")))
        .singleElement()
        .asString()
        .contains("printed:\na is 1");
  }

  @Test
  void aCommandThatFailsIsFoundEvenWithinAPipe() {
    assertThat(surprises(PAGE.replace("echo \"still $a\"", "false | cat\necho on")))
        .singleElement()
        .asString()
        .startsWith("failed:\nfalse | cat");
  }

  private List<String> surprises(String page) {
    Guide guide = Guide.of(page);
    Command bash =
        Command.run(List.of("bash", "-c", guide.script()), folder, Duration.ofSeconds(20));
    return guide.surprises(bash.out());
  }
}
