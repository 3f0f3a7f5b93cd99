package io.cartwheel.server.http.message;

import io.cartwheel.core.item.Bytes;
import tools.jackson.databind.json.JsonMapper;

/** Writes maps, lists, texts, numbers and byte arrays as JSON. */
final class Json {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private Json() {}

  static Bytes write(Object value) {
    return Bytes.wrap(MAPPER.writeValueAsBytes(value));
  }
}
