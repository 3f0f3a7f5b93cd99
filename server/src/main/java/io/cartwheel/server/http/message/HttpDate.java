package io.cartwheel.server.http.message;

import io.netty.handler.codec.DateFormatter;
import java.util.Date;
import java.util.Optional;
import java.util.OptionalLong;

/** Times as HTTP writes them, to the second. */
@SuppressWarnings("JavaUtilDate") // What the formatter takes.
public final class HttpDate {
  private HttpDate() {}

  public static String of(long millis) {
    return DateFormatter.format(new Date(millis));
  }

  /** The seconds since 1970; empty when it is no such date. */
  public static OptionalLong seconds(String text) {
    Optional<Date> date = Optional.ofNullable(DateFormatter.parseHttpDate(text));
    return date.map(found -> OptionalLong.of(found.getTime() / 1000)).orElse(OptionalLong.empty());
  }
}
