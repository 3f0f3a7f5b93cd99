package io.cartwheel.cli.console;

import io.cartwheel.core.item.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * JSON in and out as plain maps and lists, by Jackson's streaming half: the other one takes longer
 * to start than a command to run.
 */
public final class Json {
  private Json() {}

  /**
   * Prints one value on a line of its own.
   *
   * @param value strings, numbers, booleans, {@link Bytes} (as base64), maps, objects as they were
   *     parsed, collections of these, and optionals, which are null when empty
   */
  public static void print(PrintStream to, Object value) {
    try (JsonGenerator generator =
        new JsonFactory()
            .createGenerator(ObjectWriteContext.empty(), unclosed(to), JsonEncoding.UTF8)) {
      write(generator, value);
    }
    to.println();
  }

  /** One value as text, as {@link #print} prints it. */
  public static Bytes bytes(Object value) {
    var bytes = new ByteArrayOutputStream();
    try (JsonGenerator generator =
        new JsonFactory().createGenerator(ObjectWriteContext.empty(), bytes, JsonEncoding.UTF8)) {
      write(generator, value);
    }
    return Bytes.wrap(bytes.toByteArray());
  }

  /** Reads an object; members that are null are left out. */
  public static JsonObject parse(Bytes text) throws CommandFailed {
    try (JsonParser parser =
        new JsonFactory().createParser(ObjectReadContext.empty(), text.toArray())) {
      if (parser.nextToken() == JsonToken.START_OBJECT) {
        return object(parser);
      }
    } catch (JacksonException e) {
      throw new CommandFailed(
          ExitCode.FAILED, "the node's answer is not JSON: " + e.getOriginalMessage());
    }
    throw new CommandFailed(ExitCode.FAILED, "the node's answer is not a JSON object");
  }

  private static OutputStream unclosed(PrintStream to) {
    return new OutputStream() {
      @Override
      public void write(int b) {
        to.write(b);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) {
        to.write(bytes, offset, length);
      }
    };
  }

  private static void write(JsonGenerator to, Object value) {
    switch (value) {
      case Optional<?> maybe when maybe.isEmpty() -> to.writeNull();
      case Optional<?> maybe -> write(to, maybe.orElseThrow());
      case Bytes bytes -> to.writeBinary(bytes.toArray());
      case JsonObject object -> write(to, object.members());
      case Map<?, ?> map -> {
        to.writeStartObject();
        map.forEach((name, member) -> {
          to.writeName(name.toString());
          write(to, member);
        });
        to.writeEndObject();
      }
      case Collection<?> list -> {
        to.writeStartArray();
        list.forEach(element -> write(to, element));
        to.writeEndArray();
      }
      case Integer number -> to.writeNumber(number);
      case Long number -> to.writeNumber(number);
      case Double number -> to.writeNumber(number);
      case Boolean truth -> to.writeBoolean(truth);
      default -> to.writeString(value.toString());
    }
  }

  private static JsonObject object(JsonParser from) {
    var members = new LinkedHashMap<String, Object>();
    while (from.nextToken() != JsonToken.END_OBJECT) {
      String name = from.currentName();
      from.nextToken();
      value(from).ifPresent(value -> members.put(name, value));
    }
    return new JsonObject(members);
  }

  private static List<Object> list(JsonParser from) {
    var elements = new ArrayList<>();
    while (from.nextToken() != JsonToken.END_ARRAY) {
      value(from).ifPresent(elements::add);
    }
    return elements;
  }

  /** The value at the current token; nothing for null. */
  private static Optional<Object> value(JsonParser from) {
    return switch (from.currentToken()) {
      case START_OBJECT -> Optional.of(object(from));
      case START_ARRAY -> Optional.of(list(from));
      case VALUE_STRING -> Optional.of(from.getString());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> Optional.of(from.getNumberValue());
      case VALUE_TRUE -> Optional.of(true);
      case VALUE_FALSE -> Optional.of(false);
      default -> Optional.empty();
    };
  }
}
