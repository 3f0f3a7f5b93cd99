package io.cartwheel.cli.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Header fields in their order; names compare without regard to case. Immutable.
 *
 * <p>Values are as on the wire: a char for each byte. {@link #toWire} and {@link #fromWire} turn
 * people's text into that and back.
 */
public record Headers(List<Field> fields) {
  public static final Headers NONE = new Headers(List.of());

  /** One line of a head. */
  public record Field(String name, String value) {}

  public Headers {
    fields = List.copyOf(fields);
  }

  /** These and one more. */
  public Headers with(String name, String value) {
    var more = new ArrayList<>(fields);
    more.add(new Field(name, value));
    return new Headers(more);
  }

  /** The first field of this name. */
  public Optional<String> first(String name) {
    for (Field field : fields) {
      if (field.name().equalsIgnoreCase(name)) {
        return Optional.of(field.value());
      }
    }
    return Optional.empty();
  }

  /** The fields whose names begin so, in their order. */
  public List<Field> startingWith(String prefix) {
    return fields.stream()
        .filter(field -> field.name().regionMatches(true, 0, prefix, 0, prefix.length()))
        .toList();
  }

  /** Text as it travels: its UTF-8 bytes. */
  public static String toWire(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  /** What travelled as text; as it is where that is not UTF-8. */
  public static String fromWire(String value) {
    byte[] bytes = value.getBytes(StandardCharsets.ISO_8859_1);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return value;
    }
  }

  /** Whether a value may stand in a head: a line break in it would begin a field of its own. */
  public static boolean isValue(String value) {
    return value.chars().noneMatch(c -> c < ' ' && c != '\t' || c == 0x7f);
  }
}
