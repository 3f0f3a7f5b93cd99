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
import org.jspecify.annotations.Nullable;

/**
 * How a client described its value; stored and given back as it came.
 *
 * <p>Kept encoded, for replicas only pass it on: texts are made when somebody reads them. They are
 * Unicode: half of a surrogate pair, which no encoding could give back, becomes {@code ?} at once,
 * so that a description always equals what is decoded from it.
 */
public final class Description {
  public static final Description NONE = ofType("");

  private final Bytes encoded;

  /** Made once somebody needs them; racing threads make the same. */
  private @Nullable Texts texts;

  private record Texts(
      String contentType,
      String contentEncoding,
      String links,
      SortedMap<String, String> userMetadata) {}

  private Description(Bytes encoded) {
    this.encoded = encoded;
  }

  /**
   * Describes a value.
   *
   * @param contentType the media type with its parameters, empty when there is none
   * @param contentEncoding such as {@code gzip}, empty when there is none
   * @param links the text of the {@code Link} header, empty when there is none
   * @param userMetadata names in lower case, and their texts
   */
  public Description(
      String contentType,
      String contentEncoding,
      String links,
      SortedMap<String, String> userMetadata) {
    var metadata = new TreeMap<String, String>();
    userMetadata.forEach((name, text) -> metadata.put(wellFormed(name), text));
    int expected = 64 + contentType.length() + contentEncoding.length() + links.length();
    for (Map.Entry<String, String> entry : metadata.entrySet()) {
      expected += 4 + entry.getKey().length() + entry.getValue().length();
    }
    var to = new Encoder(expected).text(contentType).text(contentEncoding).text(links);
    to.varint(metadata.size());
    metadata.forEach((name, text) -> to.text(name).text(text));
    encoded = to.toBytes();
  }

  /** As it is encoded: what names become decides how they are ordered. */
  private static String wellFormed(String name) {
    return new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  public static Description ofType(String contentType) {
    return new Description(contentType, "", "", new TreeMap<>());
  }

  public String contentType() {
    return texts().contentType;
  }

  public String contentEncoding() {
    return texts().contentEncoding;
  }

  public String links() {
    return texts().links;
  }

  public SortedMap<String, String> userMetadata() {
    return texts().userMetadata;
  }

  Bytes encoded() {
    return encoded;
  }

  /** Takes what {@link StateCheck} found sound. */
  static Description ofSound(Bytes encoded) {
    return new Description(encoded);
  }

  private Texts texts() {
    Texts known = texts;
    if (known == null) {
      try {
        known = decode(new Decoder(encoded));
      } catch (MalformedException e) {
        throw new IllegalStateException("a description that was checked decodes", e);
      }
      texts = known;
    }
    return known;
  }

  private static Texts decode(Decoder from) throws MalformedException {
    String contentType = from.text();
    String contentEncoding = from.text();
    String links = from.text();
    var userMetadata = new TreeMap<String, String>();
    for (int left = from.count(2); left > 0; left--) {
      userMetadata.put(from.text(), from.text());
    }
    return new Texts(
        contentType, contentEncoding, links, Collections.unmodifiableSortedMap(userMetadata));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Description that && encoded.equals(that.encoded);
  }

  @Override
  public int hashCode() {
    return encoded.hashCode();
  }

  /** The length only: texts are users' data and stay out of logs. */
  @Override
  public String toString() {
    return "description of " + encoded;
  }
}
