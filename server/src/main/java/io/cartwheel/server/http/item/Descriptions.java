package io.cartwheel.server.http.item;

import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.version.Description;
import io.cartwheel.server.http.message.Names;
import io.cartwheel.server.http.message.PercentEncoder;
import io.cartwheel.server.http.message.Problem;
import io.cartwheel.server.http.message.RefusedException;
import io.cartwheel.server.http.message.RequestHead;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The description of a value as headers, in and out. */
final class Descriptions {
  private static final String PREFIX = "X-Riak-Meta-";
  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

  /**
   * An entry that a client was given, with each sibling it was shown, and sends back; the next
   * answer adds it anew. It looks at no character twice for want of a {@code >}: a header of
   * nothing but {@code <} must not cost seconds.
   */
  private static final Pattern UP_LINK =
      Pattern.compile("<[^<>]*+>\\s*+;\\s*+rel=\"?up\"?\\s*+(,\\s*+|$)");

  private static final Pattern LAST_COMMA = Pattern.compile(",\\s*+$");

  private Descriptions() {}

  /** Reads it from a write's headers; the type is required, and all together are bounded. */
  static Description read(RequestHead head, int limitBytes) throws RefusedException {
    String type = head.single(Names.CONTENT_TYPE).map(String::strip).orElse("");
    if (type.isEmpty()) {
      throw RefusedException.badRequest("Content-Type is missing: a value needs one");
    }
    String encoding = head.joined(Names.CONTENT_ENCODING).orElse("");
    String allLinks = head.joined(ItemHeaders.LINK).orElse("");
    String links = withoutUpLinks(allLinks);
    int others = type.length() + encoding.length() + links.length();
    if (others + metadataValueBytes(head) > limitBytes) {
      throw tooLarge(limitBytes);
    }
    SortedMap<String, String> metadata = metadata(head);
    if (others + bytesOf(metadata) > limitBytes) {
      throw tooLarge(limitBytes);
    }
    return new Description(type, encoding, links, metadata);
  }

  private static int bytesOf(SortedMap<String, String> metadata) {
    int bytes = 0;
    for (Map.Entry<String, String> each : metadata.entrySet()) {
      bytes += each.getKey().length() + each.getValue().length();
    }
    return bytes;
  }

  /** Counted before anything is made of them; names count once joined, for they may repeat. */
  private static int metadataValueBytes(RequestHead head) {
    int bytes = 0;
    Iterator<Map.Entry<CharSequence, CharSequence>> all = head.headers().iteratorCharSequence();
    while (all.hasNext()) {
      Map.Entry<CharSequence, CharSequence> header = all.next();
      if (isMetadata(header.getKey())) {
        bytes += header.getValue().length();
      }
    }
    return bytes;
  }

  /** Those of one name are joined at once: one after the other, each would be copied many times. */
  private static SortedMap<String, String> metadata(RequestHead head) {
    var metadata = new TreeMap<String, String>();
    Iterator<Map.Entry<CharSequence, CharSequence>> all = head.headers().iteratorCharSequence();
    while (all.hasNext()) {
      CharSequence header = all.next().getKey();
      if (isMetadata(header)) {
        String name = header.toString().substring(PREFIX.length()).toLowerCase(Locale.ROOT);
        metadata.computeIfAbsent(name, _ -> head.joined(header).orElse(""));
      }
    }
    return metadata;
  }

  private static boolean isMetadata(CharSequence header) {
    return AsciiString.regionMatches(header, true, 0, PREFIX, 0, PREFIX.length());
  }

  private static RefusedException tooLarge(int limitBytes) {
    String message = "the value's metadata is larger than " + limitBytes + " bytes";
    return new RefusedException(
        Problem.of(431, "metadata_too_large", message).withFact("limit", limitBytes));
  }

  private static String withoutUpLinks(String links) {
    return links.isEmpty()
        ? links
        : LAST_COMMA.matcher(UP_LINK.matcher(links).replaceAll("")).replaceFirst("");
  }

  /** Adds it to an answer's headers. */
  static void write(Description description, String upLink, HttpHeaders to) {
    String type = description.contentType();
    to.set(Names.CONTENT_TYPE, type.isEmpty() ? "application/octet-stream" : safe(type));
    if (!description.contentEncoding().isEmpty()) {
      to.set(Names.CONTENT_ENCODING, safe(description.contentEncoding()));
    }
    String links = description.links();
    to.set(ItemHeaders.LINK, links.isEmpty() ? upLink : safe(links) + ", " + upLink);
    description
        .userMetadata()
        .forEach((name, text) -> {
          if (TOKEN.matcher(name).matches()) {
            to.set(PREFIX + name, safe(text));
          }
        });
  }

  /** What came by another protocol may not fit a header: then it is percent-encoded. */
  static String safe(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c > 0xFF || c == 0x7F || c < 0x20 && c != '\t') {
        return PercentEncoder.encode(Bytes.utf8(text));
      }
    }
    return text;
  }
}
