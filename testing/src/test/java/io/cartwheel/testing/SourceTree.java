package io.cartwheel.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** The files of a tree, to be stored under their paths: a real one, or one that is made up. */
final class SourceTree {
  static final int MAX_FILE_BYTES = 1 << 20;

  private static final List<String> EXTENSIONS = List.of("java", "md", "json", "png", "xml", "");
  private static final List<String> FOLDERS =
      List.of(
          "src/main",
          "docs",
          "a b",
          "\u00fcml\u00e4ut",
          "100%",
          "plus+plus",
          "query?x=1#y",
          "x;v=1");

  private SourceTree() {}

  /** One file of the tree. */
  sealed interface Entry {
    /** Its path, with slashes. */
    String path();

    byte[] content();

    /** What its extension stands for. */
    default String contentType() {
      return switch (path().substring(path().lastIndexOf('.') + 1)) {
        case "java", "c", "h" -> "text/x-source; charset=utf-8";
        case "md" -> "text/markdown; charset=utf-8";
        case "json" -> "application/json";
        case "png" -> "image/png";
        case "xml" -> "application/xml";
        default -> "application/octet-stream";
      };
    }
  }

  /** A file on disk. */
  record OnDisk(String path, Path file) implements Entry {
    @Override
    public byte[] content() {
      try {
        return Files.readAllBytes(file);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Bytes that follow from a seed. */
  record MadeUp(String path, int size, long seed) implements Entry {
    @Override
    public byte[] content() {
      byte[] content = new byte[size];
      new SplittableRandom(seed).nextBytes(content);
      return content;
    }
  }

  /** All regular files of at most a MiB, links not followed, in the order of their paths. */
  static List<Entry> at(Path root) throws IOException {
    var entries = new ArrayList<Entry>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.sorted().toList()) {
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
            && Files.isReadable(file)
            && Files.size(file) <= MAX_FILE_BYTES) {
          entries.add(new OnDisk(root.relativize(file).toString(), file));
        }
      }
    }
    return entries;
  }

  /** So many files, the same each time; sizes as in source trees, mostly small, some a MiB. */
  static List<Entry> madeUp(int files) {
    var random = new SplittableRandom(20_071_017);
    var entries = new ArrayList<Entry>(files);
    for (int i = 0; i < files; i++) {
      String extension = EXTENSIONS.get(random.nextInt(EXTENSIONS.size()));
      String path =
          FOLDERS.get(random.nextInt(FOLDERS.size()))
              + "/"
              + random.nextInt(20)
              + "/file-"
              + i
              + (extension.isEmpty() ? "" : "." + extension);
      entries.add(new MadeUp(path, size(i, random), random.nextLong()));
    }
    return entries;
  }

  private static int size(int index, SplittableRandom random) {
    return switch (index % 200) {
      case 0 -> 0;
      case 1 -> MAX_FILE_BYTES;
      default -> (int) Math.exp(random.nextDouble(Math.log(MAX_FILE_BYTES / 4.0)));
    };
  }
}
