package io.cartwheel.cli.console;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Text from elsewhere made safe for a terminal, which would obey the control characters in it. */
public final class Printable {
  private static final char REPLACEMENT = '\u00b7';

  private Printable() {}

  /** The text on one line with every control character replaced. */
  public static String line(String text) {
    var line = new StringBuilder(text.length());
    text.codePoints().map(Printable::visible).forEach(line::appendCodePoint);
    return line.toString();
  }

  /** The beginning of some bytes if they are text, with an ellipsis if there is more. */
  public static Optional<String> preview(byte[] bytes, int characters) {
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException binary) {
      return Optional.empty();
    }
    if (text.codePoints().anyMatch(Printable::isBinary)) {
      return Optional.empty();
    }
    String line = line(text.strip());
    int end =
        line.offsetByCodePoints(0, Math.min(characters, line.codePointCount(0, line.length())));
    return Optional.of(end == line.length() ? line : line.substring(0, end) + "\u2026");
  }

  private static boolean isBinary(int codePoint) {
    return Character.isISOControl(codePoint) && !Character.isWhitespace(codePoint);
  }

  private static int visible(int codePoint) {
    boolean obeyed =
        Character.isISOControl(codePoint)
            || Character.getType(codePoint) == Character.FORMAT
            || Character.getType(codePoint) == Character.LINE_SEPARATOR
            || Character.getType(codePoint) == Character.PARAGRAPH_SEPARATOR;
    if (!obeyed) {
      return codePoint;
    }
    return Character.isWhitespace(codePoint) ? ' ' : REPLACEMENT;
  }
}
