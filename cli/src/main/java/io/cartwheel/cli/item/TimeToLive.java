package io.cartwheel.cli.item;

import io.cartwheel.core.bucket.BucketType;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How long a value is to last, as people write it: with its unit, in whole seconds. */
final class TimeToLive implements ITypeConverter<Duration> {
  private static final Pattern TIME = Pattern.compile("([0-9]{1,10})([smhd])");

  @Override
  public Duration convert(String text) {
    return parse(text)
        .filter(time -> !time.isZero() && time.compareTo(BucketType.MAX_TTL) <= 0)
        .orElseThrow(() ->
            new TypeConversionException(
                "'%s' is not a time from 1s to %dd, such as 90s, 15m, 12h or 30d"
                    .formatted(text, BucketType.MAX_TTL.toDays())));
  }

  private static Optional<Duration> parse(String text) {
    Matcher time = TIME.matcher(text);
    if (!time.matches()) {
      return Optional.empty();
    }
    long amount = Long.parseLong(time.group(1));
    return Optional.of(
        switch (time.group(2)) {
          case "d" -> Duration.ofDays(amount);
          case "h" -> Duration.ofHours(amount);
          case "m" -> Duration.ofMinutes(amount);
          default -> Duration.ofSeconds(amount);
        });
  }

  /** The two largest units there are: how long something lasts at a glance. */
  static String text(Duration left) {
    if (left.toDays() > 0) {
      return left.toDays() + "d" + left.toHoursPart() + "h";
    } else if (left.toHours() > 0) {
      return left.toHours() + "h" + left.toMinutesPart() + "m";
    }
    return left.toMinutes() > 0
        ? left.toMinutes() + "m" + left.toSecondsPart() + "s"
        : left.toSeconds() + "s";
  }
}
