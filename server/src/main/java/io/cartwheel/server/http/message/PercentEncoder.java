package io.cartwheel.server.http.message;

import io.cartwheel.core.item.Bytes;

/** Percent-encodes a name so that it can stand in a path. */
public final class PercentEncoder {
  private static final String UNRESERVED = "-._~";
  private static final String HEX = "0123456789ABCDEF";

  private PercentEncoder() {}

  public static String encode(Bytes name) {
    var text = new StringBuilder(name.length() + 8);
    for (int i = 0; i < name.length(); i++) {
      int b = name.at(i) & 0xFF;
      if (b < 0x80 && Character.isLetterOrDigit(b) || UNRESERVED.indexOf(b) >= 0) {
        text.append((char) b);
      } else {
        text.append('%').append(HEX.charAt(b >> 4)).append(HEX.charAt(b & 0xF));
      }
    }
    return text.toString();
  }
}
