package io.cartwheel.server.config;

import io.cartwheel.core.bucket.Quorum;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What values a key takes.
 *
 * @param allowed what is allowed, in words that follow "must be"
 * @param reader the value, or empty when the text is not one
 * @param style how a value is written in TOML
 */
public record Kind<T>(String allowed, Function<String, Optional<T>> reader, Style style) {

  /** How a value is written in TOML. */
  public enum Style {
    QUOTED,
    BARE
  }

  private static <T> Kind<T> quoted(String allowed, Function<String, Optional<T>> reader) {
    return new Kind<>(allowed, reader, Style.QUOTED);
  }

  private static <T> Kind<T> bare(String allowed, Function<String, Optional<T>> reader) {
    return new Kind<>(allowed, reader, Style.BARE);
  }

  static Kind<Boolean> flag() {
    return bare(
        "true or false",
        text ->
            switch (text) {
              case "true" -> Optional.of(true);
              case "false" -> Optional.of(false);
              default -> Optional.empty();
            });
  }

  static Kind<Integer> count(int least, int most) {
    return bare(
        "a whole number from " + least + " to " + most,
        text -> whole(text).filter(n -> n >= least && n <= most));
  }

  /** A power of two, or 0 where that has a meaning of its own. */
  static Kind<Integer> powerOfTwo(int least, int most) {
    return bare(
        "a power of two up to " + most + (least == 0 ? ", or 0" : ""),
        text ->
            whole(text)
                .filter(n -> n >= least && n <= most && (n == 0 || Integer.bitCount(n) == 1)));
  }

  static Kind<Duration> duration(Duration least, Duration most) {
    return quoted(
        "a time from " + Units.text(least) + " to " + Units.text(most) + ", such as 50ms, 5s or 2m",
        text ->
            Units.duration(text).filter(d -> d.compareTo(least) >= 0 && d.compareTo(most) <= 0));
  }

  static Kind<Long> size(long least, long most) {
    return quoted(
        "a size from " + Units.text(least) + " to " + Units.text(most) + ", such as 64KiB or 1MiB",
        text -> Units.bytes(text).filter(n -> n >= least && n <= most));
  }

  static <E extends Enum<E>> Kind<E> word(Class<E> words) {
    List<E> all = Arrays.asList(words.getEnumConstants());
    return quoted(
        all.stream().map(Kind::word).collect(Collectors.joining(" or ")),
        text -> all.stream().filter(each -> word(each).equals(text)).findFirst());
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  static Kind<HostPort> address() {
    return quoted("HOST:PORT, such as 127.0.0.1:8098 or [::1]:8098", HostPort::parse);
  }

  static Kind<InitialCluster> members() {
    return quoted(
        "NAME=HOST:PORT,NAME=HOST:PORT,... with distinct names and addresses",
        InitialCluster::parse);
  }

  static Kind<String> name() {
    return quoted(
        "1 to 64 letters, digits, dots, dashes or underscores",
        text -> Optional.of(text).filter(InitialCluster::isName));
  }

  static Kind<Path> path() {
    return quoted("a path", Kind::pathOf);
  }

  /** A path, or nothing. */
  static Kind<Optional<Path>> optionalPath() {
    return quoted(
        "a path, or empty",
        text -> Optional.of(pathOf(text)).filter(path -> path.isPresent() || text.isEmpty()));
  }

  /** A quorum that says a number by itself: not {@code default}. */
  static Kind<Quorum> quorum(int least) {
    return quoted(
        "one, quorum, all, or a number from " + least,
        text ->
            Quorum.parse(text)
                .filter(quorum -> !quorum.equals(Quorum.DEFAULT))
                .filter(quorum -> !(quorum instanceof Quorum.Exactly(int n)) || n >= least));
  }

  private static Optional<Integer> whole(String text) {
    return text.matches("[0-9]{1,9}") ? Optional.of(Integer.parseInt(text)) : Optional.empty();
  }

  private static Optional<Path> pathOf(String text) {
    try {
      return text.isBlank() ? Optional.empty() : Optional.of(Path.of(text));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }
}
