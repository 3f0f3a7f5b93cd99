package io.cartwheel.core.version;

import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.item.Decoder;
import io.cartwheel.core.item.Encoder;
import io.cartwheel.core.item.MalformedException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How a client described its value; stored and given back as it came.
 *
 * <p>Texts are Unicode: half of a surrogate pair, which no encoding could give back, becomes {@code
 * ?} at once, so that a description always equals what is decoded from it.
 *
 * @param contentType the media type with its parameters, empty when there is none
 * @param contentEncoding such as {@code gzip}, empty when there is none
 * @param links the text of the {@code Link} header, empty when there is none
 * @param userMetadata names in lower case, and their texts
 */
public record Description(
    String contentType,
    String contentEncoding,
    String links,
    SortedMap<String, String> userMetadata) {

  public static final Description NONE = Description.ofType("");

  public Description {
    contentType = wellFormed(contentType);
    contentEncoding = wellFormed(contentEncoding);
    links = wellFormed(links);
    var texts = new TreeMap<String, String>();
    userMetadata.forEach((name, text) -> texts.put(wellFormed(name), wellFormed(text)));
    userMetadata = Collections.unmodifiableSortedMap(texts);
  }

  private static String wellFormed(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
      }
    }
    return text;
  }

  public static Description ofType(String contentType) {
    return new Description(contentType, "", "", new TreeMap<>());
  }

  Bytes encoded() {
    var to = new Encoder(64).text(contentType).text(contentEncoding).text(links);
    to.varint(userMetadata.size());
    for (Map.Entry<String, String> entry : userMetadata.entrySet()) {
      to.text(entry.getKey()).text(entry.getValue());
    }
    return to.toBytes();
  }

  static Description decode(Bytes encoded) throws MalformedException {
    var from = new Decoder(encoded);
    String contentType = from.text();
    String contentEncoding = from.text();
    String links = from.text();
    int count = from.count(2);
    var userMetadata = new TreeMap<String, String>();
    for (int i = 0; i < count; i++) {
      String name = from.text();
      if (!userMetadata.isEmpty() && userMetadata.lastKey().compareTo(name) >= 0) {
        throw new MalformedException("metadata out of order");
      }
      userMetadata.put(name, from.text());
    }
    from.end();
    return new Description(contentType, contentEncoding, links, userMetadata);
  }
}
