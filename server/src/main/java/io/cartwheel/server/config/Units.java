package io.cartwheel.server.config;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times and sizes as people write them, with a unit. */
final class Units {
  private static final Pattern AMOUNT = Pattern.compile("([0-9]{1,15})\\s*([a-zA-Z]*)");

  private static final Map<String, Long> NANOS =
      new TreeMap<>(
          Map.of(
              "us", 1_000L,
              "ms", 1_000_000L,
              "s", 1_000_000_000L,
              "m", 60_000_000_000L,
              "h", 3_600_000_000_000L,
              "d", 86_400_000_000_000L));

  private static final Map<String, Long> BYTES =
      new TreeMap<>(
          Map.of(
              "B",
              1L,
              "KiB",
              1L << 10,
              "MiB",
              1L << 20,
              "GiB",
              1L << 30,
              "TiB",
              1L << 40,
              "kB",
              1_000L,
              "MB",
              1_000_000L,
              "GB",
              1_000_000_000L));

  private Units() {}

  /** A time with its unit; only 0 needs none. */
  static Optional<Duration> duration(String text) {
    return text.equals("0")
        ? Optional.of(Duration.ZERO)
        : amount(text, NANOS).map(Duration::ofNanos);
  }

  /** A size; without a unit, in bytes. */
  static Optional<Long> bytes(String text) {
    return amount(text.matches("[0-9]+") ? text + "B" : text, BYTES);
  }

  private static Optional<Long> amount(String text, Map<String, Long> units) {
    Matcher matcher = AMOUNT.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    Long unit = units.get(matcher.group(2));
    if (unit == null) {
      return Optional.empty();
    }
    BigInteger amount = new BigInteger(matcher.group(1)).multiply(BigInteger.valueOf(unit));
    return amount.bitLength() < Long.SIZE ? Optional.of(amount.longValue()) : Optional.empty();
  }

  /** The time in the largest unit that says it in whole numbers. */
  static String text(Duration time) {
    return largest(time.toNanos(), NANOS, "0");
  }

  /** The size in the largest unit that says it in whole numbers. */
  static String text(long bytes) {
    return largest(bytes, BYTES, "0");
  }

  private static String largest(long amount, Map<String, Long> units, String nothing) {
    String best = nothing;
    long bestUnit = 0;
    for (Map.Entry<String, Long> unit : units.entrySet()) {
      if (amount != 0 && amount % unit.getValue() == 0 && unit.getValue() > bestUnit) {
        bestUnit = unit.getValue();
        best = amount / bestUnit + unit.getKey();
      }
    }
    return best;
  }
}
