package io.cartwheel.core.version;

import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.item.Decoder;
import io.cartwheel.core.item.Encoder;
import io.cartwheel.core.item.MalformedException;
import java.util.Optional;

/**
 * What one write put: a value or a tombstone, and what describes it.
 *
 * <p>Encoded as ascending (tag, length, bytes) fields. Fields with tags unknown to this version are
 * kept and written back, so an older node passes on what a newer one wrote.
 *
 * @param tombstone whether this write deleted; its value is then empty
 * @param value opaque bytes
 * @param description how clients asked for the value to be described
 * @param writtenMillis the coordinator's wall clock at the write
 * @param requestId the client's name for the request, empty when there is none: retries share it
 * @param expiresMillis from when on reads show it as absent, by the reader's wall clock; {@link
 *     #NEVER} when it lasts (ADR 12)
 * @param unknownFields encoded fields of newer versions
 */
public record Content(
    boolean tombstone,
    Bytes value,
    Description description,
    long writtenMillis,
    Bytes requestId,
    long expiresMillis,
    Bytes unknownFields)
    implements Comparable<Content> {

  public static final int MAX_REQUEST_ID_BYTES = 64;

  /** The expiry of what lasts. */
  public static final long NEVER = Long.MAX_VALUE;

  static final int TOMBSTONE = 1;
  static final int VALUE = 2;
  static final int DESCRIPTION = 3;
  static final int WRITTEN = 4;
  static final int REQUEST_ID = 5;
  static final int EXPIRES = 6;

  public static Content value(Bytes value, Description description, long millis, Bytes requestId) {
    return new Content(false, value, description, millis, requestId, NEVER, Bytes.EMPTY);
  }

  public static Content tombstone(long writtenMillis, Bytes requestId) {
    return new Content(
        true, Bytes.EMPTY, Description.NONE, writtenMillis, requestId, NEVER, Bytes.EMPTY);
  }

  public Content writtenAt(long millis) {
    return new Content(
        tombstone, value, description, millis, requestId, expiresMillis, unknownFields);
  }

  public Content withRequestId(Bytes id) {
    return new Content(
        tombstone, value, description, writtenMillis, id, expiresMillis, unknownFields);
  }

  public Content expiringAt(long millis) {
    return new Content(
        tombstone, value, description, writtenMillis, requestId, millis, unknownFields);
  }

  public boolean expires() {
    return expiresMillis != NEVER;
  }

  /**
   * Whether both are attempts at one request: the same id for the same change. When it was written
   * and when it expires differ between attempts; whether it expires does not.
   */
  public boolean isTwinOf(Content that) {
    return !requestId.isEmpty()
        && requestId.equals(that.requestId)
        && tombstone == that.tombstone
        && value.equals(that.value)
        && description.equals(that.description)
        && expires() == that.expires();
  }

  void encode(Encoder to) {
    if (tombstone) {
      to.varint(TOMBSTONE).bytes(Bytes.EMPTY);
    }
    to.varint(VALUE).bytes(value);
    if (!description.equals(Description.NONE)) {
      to.varint(DESCRIPTION).bytes(description.encoded());
    }
    to.varint(WRITTEN).varint(8).fixed64(writtenMillis);
    if (!requestId.isEmpty()) {
      to.varint(REQUEST_ID).bytes(requestId);
    }
    if (expires()) {
      to.varint(EXPIRES).varint(Long.BYTES).fixed64(expiresMillis);
    }
    to.raw(unknownFields);
  }

  /** How many bytes {@link #encode} takes. */
  int encodedLength() {
    int length = 1 + Encoder.lengthWith(value.length()) + 2 + Long.BYTES + unknownFields.length();
    if (tombstone) {
      length += 2;
    }
    if (!description.equals(Description.NONE)) {
      length += 1 + Encoder.lengthWith(description.encoded().length());
    }
    if (!requestId.isEmpty()) {
      length += 1 + Encoder.lengthWith(requestId.length());
    }
    if (expires()) {
      length += 2 + Long.BYTES;
    }
    return length;
  }

  /** The canonical encoding, without a length. */
  public Bytes encoded() {
    var to = new Encoder(encodedLength());
    encode(to);
    return to.toBytes();
  }

  public static Content decode(Bytes encoded) throws MalformedException {
    new StateCheck(encoded, new Decoder(encoded)).content(encoded.length());
    return decodeSound(encoded);
  }

  /** Decodes what {@link StateCheck} found sound. */
  static Content decodeSound(Bytes encoded) throws MalformedException {
    var fields = new FieldReader(encoded);
    boolean tombstone = fields.take(TOMBSTONE).isPresent();
    Bytes value = fields.take(VALUE).orElse(Bytes.EMPTY);
    var description = fields.take(DESCRIPTION).map(Description::ofSound).orElse(Description.NONE);
    long writtenMillis = new Decoder(fields.take(WRITTEN).orElseThrow()).fixed64();
    Bytes requestId = fields.take(REQUEST_ID).orElse(Bytes.EMPTY);
    Optional<Bytes> expiry = fields.take(EXPIRES);
    long expires = expiry.isPresent() ? new Decoder(expiry.get()).fixed64() : NEVER;
    return new Content(
        tombstone, value, description, writtenMillis, requestId, expires, fields.unknown());
  }

  /** An order with no meaning but to be the same everywhere. */
  @Override
  public int compareTo(Content that) {
    return this == that ? 0 : encoded().compareTo(that.encoded());
  }
}
