package io.cartwheel.cli.console;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A JSON object that a node sent. Members of an unexpected kind count as absent.
 *
 * @param members by name, in their order
 */
public record JsonObject(Map<String, Object> members) {

  /** A string, or a number as text. */
  public Optional<String> text(String name) {
    Object member = members.get(name);
    return member instanceof String || member instanceof Number
        ? Optional.of(member.toString())
        : Optional.empty();
  }

  public Optional<Long> number(String name) {
    return members.get(name) instanceof Number number
        ? Optional.of(number.longValue())
        : Optional.empty();
  }

  public Optional<Double> decimal(String name) {
    return members.get(name) instanceof Number number
        ? Optional.of(number.doubleValue())
        : Optional.empty();
  }

  public boolean truth(String name) {
    return Boolean.TRUE.equals(members.get(name));
  }

  public Optional<JsonObject> object(String name) {
    return members.get(name) instanceof JsonObject object ? Optional.of(object) : Optional.empty();
  }

  /** The strings in a list. */
  public List<String> texts(String name) {
    return elements(name).stream()
        .filter(String.class::isInstance)
        .map(String.class::cast)
        .toList();
  }

  /** The objects in a list. */
  public List<JsonObject> objects(String name) {
    return elements(name).stream()
        .filter(JsonObject.class::isInstance)
        .map(JsonObject.class::cast)
        .toList();
  }

  /** What is in a list; nothing if there is none. */
  public List<?> elements(String name) {
    return members.get(name) instanceof List<?> list ? list : List.of();
  }
}
