package io.cartwheel.server.http.item;

import io.cartwheel.core.item.Encoder;
import io.cartwheel.core.version.Dot;
import io.cartwheel.core.version.Sibling;
import java.util.List;

/**
 * A short stable name of a version, or of several together: letters and digits, made from dots.
 *
 * <p>The same at every node; a version keeps it for life.
 */
public final class Vtag {
  private static final String DIGITS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

  private Vtag() {}

  static String of(Sibling sibling) {
    return of(sibling.dot());
  }

  /** The name of the version that was written under the dot. */
  public static String of(Dot dot) {
    return ofDots(List.of(dot));
  }

  static String of(List<Sibling> siblings) {
    return ofDots(siblings.stream().map(Sibling::dot).toList());
  }

  private static String ofDots(List<Dot> named) {
    var dots = new Encoder(32 * named.size());
    for (Dot dot : named) {
      dots.fixed64(dot.epoch().start()).varint(dot.epoch().first()).varint(dot.counter());
    }
    return base62(dots.toBytes().hash().high());
  }

  /** The 64 bits in base 62. */
  static String base62(long bits) {
    var text = new StringBuilder(11);
    long rest = bits;
    do {
      text.append(DIGITS.charAt((int) Long.remainderUnsigned(rest, DIGITS.length())));
      rest = Long.divideUnsigned(rest, DIGITS.length());
    } while (rest != 0);
    return text.toString();
  }
}
