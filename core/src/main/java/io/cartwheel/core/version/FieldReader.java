package io.cartwheel.core.version;

import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.item.Decoder;
import io.cartwheel.core.item.MalformedException;
import java.util.Optional;

/**
 * Takes (tag, length, bytes) fields in ascending order of their tags; what nobody asked for is kept
 * for {@link #unknown}. {@link StateCheck} has seen that they are in order.
 */
final class FieldReader {
  private final Bytes encoded;
  private final Decoder from;
  private int at;
  private long tag;
  private Bytes field = Bytes.EMPTY;

  FieldReader(Bytes encoded) throws MalformedException {
    this.encoded = encoded;
    from = new Decoder(encoded);
    advance();
  }

  Optional<Bytes> take(int wanted) throws MalformedException {
    if (tag != wanted) {
      return Optional.empty();
    }
    Bytes taken = field;
    advance();
    return Optional.of(taken);
  }

  /** The fields that are left, encoded as they came: all of a newer version's. */
  Bytes unknown() {
    return encoded.slice(at, encoded.length());
  }

  private void advance() throws MalformedException {
    at = from.position();
    tag = 0;
    if (from.remaining() > 0) {
      tag = from.varint();
      field = from.bytes();
    }
  }
}
