package io.cartwheel.cli;

import io.cartwheel.cli.console.OutputFormat;
import io.cartwheel.cli.http.NodeAddress;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.TypeConversionException;

/** Words of a command line as what they stand for. */
final class Converters {
  private static final Pattern TIME = Pattern.compile("([0-9]{1,8})(ms|s|m|)");

  private Converters() {}

  static NodeAddress nodeAddress(String text) {
    return NodeAddress.parse(text)
        .orElseThrow(() -> new TypeConversionException("'" + text + "' is not HOST:PORT"));
  }

  static OutputFormat outputFormat(String text) {
    for (OutputFormat format : OutputFormat.values()) {
      if (format.toString().equals(text)) {
        return format;
      }
    }
    throw new TypeConversionException("'" + text + "' is neither table nor json");
  }

  static Duration duration(String text) {
    Matcher time = TIME.matcher(text);
    if (!time.matches()) {
      throw new TypeConversionException("'" + text + "' is not a time such as 500ms, 2s or 250");
    }
    long amount = Long.parseLong(time.group(1));
    Duration duration =
        switch (time.group(2)) {
          case "m" -> Duration.ofMinutes(amount);
          case "s" -> Duration.ofSeconds(amount);
          default -> Duration.ofMillis(amount);
        };
    if (duration.isZero() || duration.compareTo(Duration.ofHours(1)) > 0) {
      throw new TypeConversionException("'" + text + "' is not between 1 ms and an hour");
    }
    return duration;
  }
}
