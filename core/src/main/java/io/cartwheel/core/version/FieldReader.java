package io.cartwheel.core.version;

import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.item.Decoder;
import io.cartwheel.core.item.Encoder;
import io.cartwheel.core.item.MalformedException;
import java.util.Optional;

/**
 * Takes (tag, length, bytes) fields in ascending order of their tags; what nobody asked for is kept
 * for {@link #unknown}. The strict order makes the encoded form canonical.
 */
final class FieldReader {
  private final Decoder from;
  private long tag;
  private Bytes field = Bytes.EMPTY;

  FieldReader(Decoder from) throws MalformedException {
    this.from = from;
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
  Bytes unknown() throws MalformedException {
    var kept = new Encoder(16);
    while (tag != 0) {
      kept.varint(tag).bytes(field);
      advance();
    }
    return kept.length() == 0 ? Bytes.EMPTY : kept.toBytes();
  }

  private void advance() throws MalformedException {
    if (from.remaining() == 0) {
      tag = 0;
      return;
    }
    long next = from.varint();
    if (next <= 0 || next <= tag) {
      throw new MalformedException("fields out of order");
    }
    tag = next;
    field = from.bytes();
  }
}
