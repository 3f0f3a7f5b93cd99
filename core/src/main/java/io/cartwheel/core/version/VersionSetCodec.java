package io.cartwheel.core.version;

import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.item.Decoder;
import io.cartwheel.core.item.Encoder;
import io.cartwheel.core.item.MalformedException;
import java.util.List;

/**
 * The encoding of version sets on disk and wire.
 *
 * <p>Decoding checks everything, and makes the clock; siblings are made when somebody looks at
 * them.
 *
 * <p>Layout: format (1 byte), clock, sibling count, then per sibling its dot and its content with a
 * length. Canonical: equal states have equal bytes, and what decodes encodes to the same bytes.
 */
final class VersionSetCodec {
  private static final int FORMAT = 1;

  /** Epoch start, first, counter, content length: the fewest bytes of a sibling. */
  static final int MIN_SIBLING_BYTES = 11;

  private VersionSetCodec() {}

  static Bytes encode(VersionSet set) {
    int size = 1 + set.clock().encodedLength() + Encoder.varintLength(set.siblings().size());
    for (Sibling sibling : set.siblings()) {
      size += sibling.dot().encodedLength();
      size += Encoder.lengthWith(sibling.content().encodedLength());
    }
    var to = new Encoder(size).u8(FORMAT);
    set.clock().encode(to);
    to.varint(set.siblings().size());
    for (Sibling sibling : set.siblings()) {
      sibling.dot().encode(to);
      to.varint(sibling.content().encodedLength());
      sibling.content().encode(to);
    }
    return to.toBytes();
  }

  static VersionSet decode(Bytes encoded) throws MalformedException {
    var from = new Decoder(encoded);
    int format = from.u8();
    if (format != FORMAT) {
      throw new MalformedException("version set of format " + format);
    }
    VersionVector clock = VersionVector.decode(from);
    new StateCheck(encoded, from).siblings(clock);
    return new VersionSet(clock, null, encoded);
  }

  /** The siblings of bytes that were found sound. */
  static List<Sibling> siblings(VersionVector clock, Bytes sound) {
    var from = new Decoder(sound);
    try {
      from.skip(1 + clock.encodedLength());
      var siblings = new Sibling[from.count(MIN_SIBLING_BYTES)];
      for (int i = 0; i < siblings.length; i++) {
        siblings[i] = new Sibling(Dot.decode(from), Content.decodeSound(from.bytes()));
      }
      return List.of(siblings);
    } catch (MalformedException e) {
      throw new IllegalStateException("siblings that were checked decode", e);
    }
  }
}
