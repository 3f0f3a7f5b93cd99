package io.cartwheel.server.http.item;

import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.version.Content;
import io.cartwheel.core.version.Sibling;
import io.cartwheel.server.http.message.Answer;
import io.cartwheel.server.http.message.Names;
import io.netty.handler.codec.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;

/** Several values of one key, in the three forms there are. */
final class Siblings {
  static final String TEXT = "text/plain";
  static final String MULTIPART = "multipart/mixed";

  private static final int STATUS = 300;

  private Siblings() {}

  /** The names of the values, a line each: the client asks for them one by one. */
  static Answer text(Shown shown) {
    var text = new StringBuilder("Siblings:\n");
    shown.values().forEach(value -> text.append(Vtag.of(value)).append('\n'));
    return Answer.of(STATUS, TEXT, Bytes.utf8(text.toString()));
  }

  /**
   * All values with their headers, a part each.
   *
   * @param describing makes the headers of a part
   */
  static Answer multipart(Shown shown, Function<Sibling, HttpHeaders> describing) {
    String boundary = boundary();
    var pieces = new ArrayList<Bytes>(2 * shown.values().size() + 1);
    for (Sibling value : shown.values()) {
      var head = new StringBuilder("\r\n--").append(boundary).append("\r\n");
      for (Map.Entry<String, String> header : describing.apply(value)) {
        head.append(header.getKey()).append(": ").append(header.getValue()).append("\r\n");
      }
      pieces.add(latin1(head.append("\r\n")));
      pieces.add(value.content().value());
    }
    pieces.add(latin1(new StringBuilder("\r\n--").append(boundary).append("--\r\n")));
    HttpHeaders headers = Answer.noHeaders();
    headers.set(Names.CONTENT_TYPE, MULTIPART + "; boundary=" + boundary);
    return new Answer(STATUS, headers, List.copyOf(pieces));
  }

  private static Bytes latin1(StringBuilder text) {
    return Bytes.wrap(text.toString().getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Nobody who wrote a value could know it. */
  private static String boundary() {
    var random = ThreadLocalRandom.current();
    return Vtag.base62(random.nextLong()) + Vtag.base62(random.nextLong());
  }

  /**
   * All values and the context in one object.
   *
   * @param context covers all of them
   */
  static Answer json(Shown shown, String context) {
    var object = new LinkedHashMap<String, Object>();
    object.put("context", context);
    object.put("siblings", shown.values().stream().map(Siblings::json).toList());
    object.put("tombstones", shown.tombstones());
    return Answer.json(STATUS, object);
  }

  private static Map<String, Object> json(Sibling sibling) {
    Content content = sibling.content();
    var object = new LinkedHashMap<String, Object>();
    object.put("vtag", Vtag.of(sibling));
    object.put("dot", sibling.dot().toString());
    object.put("content_type", content.description().contentType());
    object.put("content_encoding", content.description().contentEncoding());
    object.put("links", content.description().links());
    object.put("metadata", content.description().userMetadata());
    object.put("last_modified", Instant.ofEpochMilli(content.writtenMillis()).toString());
    TimeToLive.secondsLeft(sibling).ifPresent(left -> object.put("ttl", left));
    object.put("value", content.value().toArray());
    return object;
  }
}
