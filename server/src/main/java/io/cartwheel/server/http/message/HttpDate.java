package io.cartwheel.server.http.message;

import io.netty.handler.codec.DateFormatter;
import java.util.Date;
import java.util.Optional;
import java.util.OptionalLong;

/** Times as HTTP writes them, to the second. */
@SuppressWarnings("JavaUtilDate") // What the formatter takes.
public final class HttpDate {
  /** No date is longer, and the parser throws at texts beyond 64. */
  private static final int MAX_TEXT = 64;

  private HttpDate() {}

  public static String of(long millis) {
    return DateFormatter.format(new Date(millis));
  }

  /** The seconds since 1970; empty when it is no such date. */
  public static OptionalLong seconds(String text) {
    if (text.length() > MAX_TEXT) {
      return OptionalLong.empty();
    }
    Optional<Date> date = Optional.ofNullable(DateFormatter.parseHttpDate(text));
    return date.map(found -> OptionalLong.of(found.getTime() / 1000)).orElse(OptionalLong.empty());
  }
}
