package io.cartwheel.cli.item;

import io.cartwheel.cli.console.CommandFailed;
import io.cartwheel.cli.console.Console;
import io.cartwheel.cli.console.ExitCode;
import io.cartwheel.cli.http.Headers;
import io.cartwheel.core.item.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * The arguments that name an item and make up a value for it: bytes from one of three places, and
 * what describes them.
 */
final class ValueArguments {
  private static final String STDIN = "-";

  /** What a bucket type may allow at most. */
  private static final int MAX_BYTES = 64 << 20;

  @Mixin private final ItemArguments item = new ItemArguments();

  @Parameters(
      index = "2",
      arity = "0..1",
      paramLabel = "VALUE",
      description = "The value itself, or - to read it from standard input.")
  private Optional<String> text = Optional.empty();

  @Option(
      names = "--file",
      paramLabel = "FILE",
      order = 10,
      description = "Read the value from this file.")
  private Optional<Path> file = Optional.empty();

  @Option(
      names = "--content-type",
      paramLabel = "TYPE",
      order = 11,
      description =
          "Else by the extension of the file or the key; else text for a VALUE, and"
              + " application/octet-stream for the rest.")
  private Optional<String> contentType = Optional.empty();

  @Option(
      names = "--meta",
      paramLabel = "NAME=TEXT",
      order = 12,
      description = "Keep this beside the value; may be repeated.")
  private Map<String, String> metadata = new LinkedHashMap<>();

  @Option(
      names = "--ttl",
      paramLabel = "TIME",
      order = 13,
      converter = TimeToLive.class,
      description =
          "How long the value lasts, such as 90s, 15m, 12h or 30d (default: the bucket type's ttl;"
              + " unless set, for ever).")
  private Optional<Duration> ttl = Optional.empty();

  ItemName name() throws CommandFailed {
    return item.name();
  }

  boolean given() {
    return text.isPresent() || file.isPresent();
  }

  /** Whether anything but the value itself was said. */
  boolean described() {
    return contentType.isPresent() || !metadata.isEmpty() || ttl.isPresent();
  }

  /** The value as a version to be written. */
  Version version(Console console) throws CommandFailed {
    if (given() && text.isPresent() == file.isPresent()) {
      throw new CommandFailed(ExitCode.USAGE, "the value is given twice: by VALUE and by --file");
    }
    if (!given()) {
      throw new CommandFailed(
          ExitCode.USAGE, "no value: give VALUE, - for standard input, or --file FILE");
    }
    checkFields();
    var kept = new LinkedHashMap<String, String>();
    metadata.forEach((name, words) -> kept.put(name, Headers.toWire(words)));
    return Version.fresh(Headers.toWire(type(item.name())), ttl, kept, bytes(console));
  }

  private void checkFields() throws CommandFailed {
    for (var entry : metadata.entrySet()) {
      if (!entry.getKey().matches("[A-Za-z0-9!#$%&'*+.^_`|~-]+")) {
        throw new CommandFailed(
            ExitCode.USAGE, "--meta: '" + entry.getKey() + "' can't be a header's name");
      }
      if (!Headers.isValue(entry.getValue())) {
        throw new CommandFailed(
            ExitCode.USAGE, "--meta " + entry.getKey() + ": control characters are not allowed");
      }
    }
    if (contentType.filter(type -> type.isBlank() || !Headers.isValue(type)).isPresent()) {
      throw new CommandFailed(ExitCode.USAGE, "--content-type: not a content type");
    }
  }

  private String type(ItemName name) {
    if (contentType.isPresent()) {
      return contentType.get();
    }
    String byFile = file.map(path -> ContentTypes.ofName(path.toString())).orElse("");
    if (!byFile.isEmpty() && !byFile.equals(ContentTypes.UNKNOWN)) {
      return byFile;
    }
    String byKey = ContentTypes.ofName(name.key());
    boolean isText = text.filter(value -> !value.equals(STDIN)).isPresent();
    return isText && byKey.equals(ContentTypes.UNKNOWN) ? ContentTypes.TEXT : byKey;
  }

  private Bytes bytes(Console console) throws CommandFailed {
    if (file.isPresent()) {
      return fromFile(file.get());
    }
    String value = text.orElseThrow();
    return value.equals(STDIN) ? fromStdin(console) : Bytes.utf8(value);
  }

  private static Bytes fromFile(Path path) throws CommandFailed {
    try (InputStream in = Files.newInputStream(path)) {
      return bounded(in, path.toString());
    } catch (NoSuchFileException e) {
      throw new CommandFailed(ExitCode.FAILED, "there is no file " + path);
    } catch (IOException e) {
      throw new CommandFailed(ExitCode.FAILED, path + " can't be read: " + e.getMessage());
    }
  }

  private static Bytes fromStdin(Console console) throws CommandFailed {
    try {
      return bounded(console.in(), "standard input");
    } catch (IOException e) {
      throw new CommandFailed(ExitCode.FAILED, "standard input can't be read: " + e.getMessage());
    }
  }

  private static Bytes bounded(InputStream in, String source) throws IOException, CommandFailed {
    byte[] bytes = in.readNBytes(MAX_BYTES + 1);
    if (bytes.length > MAX_BYTES) {
      throw new CommandFailed(
          ExitCode.FAILED, source + " is larger than the largest value, 64 MiB");
    }
    return Bytes.wrap(bytes);
  }
}
