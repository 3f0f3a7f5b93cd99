package io.cartwheel.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds Java files that break the rules of style. */
final class Tidy {
  private static final int MOST_LINES = 400;
  private static final Path MAIN = Path.of("src", "main", "java");
  private static final Path TEST = Path.of("src", "test", "java");

  private static final Pattern VAGUE_NAME =
      Pattern.compile(
          "\\b(?:class|interface|enum|record)\\s+"
              + "(\\w*(?:Manager|Helper|Utils?|Impl|Info|Processor|Data))\\b");
  private static final Pattern NOTE_TO_SELF = Pattern.compile("\\b(?:TO[D]O|FIX[M]E)\\b");
  private static final Pattern SLEEP = Pattern.compile("\\bThread\\s*\\.\\s*sleep\\b");
  private static final Pattern NULL_MARKED =
      Pattern.compile("^@(?:org\\.jspecify\\.annotations\\.)?NullMarked\\b", Pattern.MULTILINE);

  private Tidy() {}

  /** What is wrong under {@code root}, one line each; empty when all is tidy. */
  static List<String> violations(Path root) throws IOException {
    List<String> found = new ArrayList<>();
    for (Path file : javaFiles(root)) {
      for (String wrong : wrongIn(file)) {
        found.add(root.relativize(file) + ": " + wrong);
      }
    }
    return found;
  }

  /** The Java files of every module under {@code root}, without what the build generates. */
  static List<Path> javaFiles(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> isIn(MAIN, root, file) || isIn(TEST, root, file))
          .filter(file -> !contains(root.relativize(file), Path.of("target")))
          .sorted()
          .toList();
    }
  }

  private static List<String> wrongIn(Path file) throws IOException {
    List<String> wrong = new ArrayList<>();
    String text = Files.readString(file);
    long lines = text.lines().count();
    if (lines > MOST_LINES) {
      wrong.add(lines + " lines, more than " + MOST_LINES);
    }
    Matcher vague = VAGUE_NAME.matcher(text);
    while (vague.find()) {
      wrong.add("the name " + vague.group(1) + " says too little");
    }
    if (NOTE_TO_SELF.matcher(text).find()) {
      wrong.add("a note to self belongs in an issue");
    }
    if (contains(file, TEST) && SLEEP.matcher(text).find()) {
      wrong.add("wait for a condition instead of sleeping");
    }
    if (contains(file, MAIN) && !isDescription(file) && !hasMarkedPackage(file)) {
      wrong.add("its package has no package-info.java with @NullMarked");
    }
    return wrong;
  }

  private static boolean isDescription(Path file) {
    return file.endsWith("package-info.java");
  }

  private static boolean hasMarkedPackage(Path file) throws IOException {
    Path description = file.resolveSibling("package-info.java");
    return Files.exists(description) && NULL_MARKED.matcher(Files.readString(description)).find();
  }

  private static boolean isIn(Path folder, Path root, Path file) {
    return contains(root.relativize(file), folder);
  }

  private static boolean contains(Path path, Path part) {
    int width = part.getNameCount();
    for (int from = 0; from + width <= path.getNameCount(); from++) {
      if (path.subpath(from, from + width).equals(part)) {
        return true;
      }
    }
    return false;
  }
}
