package io.cartwheel.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rules of style that a machine can check, over the sources of all modules. */
class TidyTest {
  @Test
  void everySourceFileIsTidy() throws IOException {
    assertThat(Tidy.violations(SourceRoot.find())).isEmpty();
  }

  @Test
  void theWalkMeetsTheSourcesOfOtherModules() throws IOException {
    assertThat(Tidy.javaFiles(SourceRoot.find()))
        .anyMatch(file -> file.startsWith(SourceRoot.find().resolve("core/src/main/java")));
  }

  @Test
  void aTidyFileIsLeftAlone(@TempDir Path root) throws IOException {
    write(root, "src/main/java/a/package-info.java", MARKED);
    write(root, "src/main/java/a/Ring.java", "package a;\n\nfinal class Ring {}\n");
    assertThat(Tidy.violations(root)).isEmpty();
  }

  @Test
  void aFileThatIsTooLongIsFound(@TempDir Path root) throws IOException {
    write(root, "src/test/java/a/Long.java", "\n".repeat(401));
    assertThat(Tidy.violations(root)).singleElement().asString().contains("401 lines");
  }

  @Test
  void aVagueNameIsFound(@TempDir Path root) throws IOException {
    write(root, "src/test/java/a/Ring.java", "class Ring {\n  record Ring" + "Info(int a) {}\n}\n");
    assertThat(Tidy.violations(root)).singleElement().asString().contains("RingInfo");
  }

  @Test
  void aNoteToSelfIsFound(@TempDir Path root) throws IOException {
    write(root, "src/test/java/a/Ring.java", "class Ring {} // " + "TO" + "DO\n");
    assertThat(Tidy.violations(root)).singleElement().asString().contains("note to self");
  }

  @Test
  void aSleepingTestIsFoundAndASleepingToolIsNot(@TempDir Path root) throws IOException {
    String sleeping = "class Nap {\n  void nap() { Thread" + ".sleep(1); }\n}\n";
    write(root, "src/main/java/a/package-info.java", MARKED);
    write(root, "src/main/java/a/Nap.java", sleeping);
    write(root, "src/test/java/a/Nap.java", sleeping);
    assertThat(Tidy.violations(root)).singleElement().asString().contains("src/test/java/a/Nap");
  }

  @Test
  void aPackageThatIsNotNullMarkedIsFound(@TempDir Path root) throws IOException {
    write(root, "src/main/java/a/Ring.java", "final class Ring {}\n");
    write(root, "src/main/java/b/Ring.java", "final class Ring {}\n");
    write(root, "src/main/java/b/package-info.java", "package b;\n");
    assertThat(Tidy.violations(root)).hasSize(2).allMatch(found -> found.contains("@NullMarked"));
  }

  private static final String MARKED =
      "/** A. */\n@NullMarked\npackage a;\n\nimport org.jspecify.annotations.NullMarked;\n";

  private static void write(Path root, String name, String content) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }
}
