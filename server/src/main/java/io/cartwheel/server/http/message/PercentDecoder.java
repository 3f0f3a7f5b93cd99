package io.cartwheel.server.http.message;

import io.cartwheel.core.item.Bytes;

/** Percent-decodes part of a request target into bytes. */
final class PercentDecoder {
  private static final String BAD_ESCAPE = "a percent sign must be followed by two hex digits";

  private PercentDecoder() {}

  static Bytes decode(String text, int from, int end) throws RefusedException {
    byte[] decoded = new byte[end - from];
    int length = 0;
    int i = from;
    while (i < end) {
      char c = text.charAt(i);
      if (c == '%') {
        if (i + 2 >= end) {
          throw RefusedException.badRequest(BAD_ESCAPE);
        }
        decoded[length++] = (byte) (hex(text.charAt(i + 1)) << 4 | hex(text.charAt(i + 2)));
        i += 3;
      } else if (c > 0xFF || Character.isISOControl(c)) {
        throw RefusedException.badRequest(
            "the request target has a character that must be escaped");
      } else {
        // The codec gives each byte of the request line as one character.
        decoded[length++] = (byte) c;
        i++;
      }
    }
    return Bytes.wrap(decoded, 0, length);
  }

  private static int hex(char digit) throws RefusedException {
    int value = Character.digit(digit, 16);
    if (value < 0 || digit > 'f') {
      throw RefusedException.badRequest(BAD_ESCAPE);
    }
    return value;
  }
}
