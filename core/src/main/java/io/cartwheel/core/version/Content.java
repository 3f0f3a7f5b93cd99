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
 * @param unknownFields encoded fields of newer versions
 */
public record Content(
    boolean tombstone,
    Bytes value,
    Description description,
    long writtenMillis,
    Bytes requestId,
    Bytes unknownFields)
    implements Comparable<Content> {

  public static final int MAX_REQUEST_ID_BYTES = 64;

  private static final int TOMBSTONE = 1;
  private static final int VALUE = 2;
  private static final int DESCRIPTION = 3;
  private static final int WRITTEN = 4;
  private static final int REQUEST_ID = 5;

  public static Content value(Bytes value, Description description, long millis, Bytes requestId) {
    return new Content(false, value, description, millis, requestId, Bytes.EMPTY);
  }

  public static Content tombstone(long writtenMillis, Bytes requestId) {
    return new Content(true, Bytes.EMPTY, Description.NONE, writtenMillis, requestId, Bytes.EMPTY);
  }

  public Content writtenAt(long millis) {
    return new Content(tombstone, value, description, millis, requestId, unknownFields);
  }

  public Content withRequestId(Bytes id) {
    return new Content(tombstone, value, description, writtenMillis, id, unknownFields);
  }

  /** Whether both are attempts at one request: the same id for the same change. */
  public boolean isTwinOf(Content that) {
    return !requestId.isEmpty()
        && requestId.equals(that.requestId)
        && tombstone == that.tombstone
        && value.equals(that.value)
        && description.equals(that.description);
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
    to.raw(unknownFields);
  }

  /** The canonical encoding, without a length. */
  public Bytes encoded() {
    var to = new Encoder(value.length() + 64);
    encode(to);
    return to.toBytes();
  }

  public static Content decode(Bytes encoded) throws MalformedException {
    var from = new Decoder(encoded);
    var fields = new FieldReader(from);
    Optional<Bytes> tombstone = fields.take(TOMBSTONE);
    Bytes value = fields.take(VALUE).orElseThrow(() -> new MalformedException("no value"));
    Optional<Bytes> described = fields.take(DESCRIPTION);
    Bytes written = fields.take(WRITTEN).orElseThrow(() -> new MalformedException("no write time"));
    Optional<Bytes> requestId = fields.take(REQUEST_ID);
    var description =
        described.isPresent() ? Description.decode(described.get()) : Description.NONE;
    boolean canonical =
        tombstone.stream().allMatch(Bytes::isEmpty)
            && requestId.stream().noneMatch(Bytes::isEmpty)
            && (described.isEmpty() || !description.equals(Description.NONE));
    if (!canonical) {
      throw new MalformedException("a field that says what its absence says");
    }
    var time = new Decoder(written);
    long writtenMillis = time.fixed64();
    time.end();
    return new Content(
        tombstone.isPresent(),
        value,
        description,
        writtenMillis,
        requestId.orElse(Bytes.EMPTY),
        fields.unknown());
  }

  /** An order with no meaning but to be the same everywhere. */
  @Override
  public int compareTo(Content that) {
    return encoded().compareTo(that.encoded());
  }
}
