package io.cartwheel.cli.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Header fields in their order; names compare without regard to case. Immutable. */
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

  /** Whether a value may stand in a head: a line break in it would begin a field of its own. */
  public static boolean isValue(String value) {
    return value.chars().noneMatch(c -> c < ' ' && c != '\t' || c == 0x7f);
  }
}
