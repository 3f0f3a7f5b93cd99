package io.cartwheel.core.version;

import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.item.Decoder;
import io.cartwheel.core.item.Encoder;
import io.cartwheel.core.item.MalformedException;
import java.util.ArrayList;
import java.util.List;

/**
 * The encoding of version sets on disk and wire.
 *
 * <p>Layout: format (1 byte), clock, sibling count, then per sibling its dot and its content with a
 * length. Canonical: equal states have equal bytes, and what decodes encodes to the same bytes.
 */
final class VersionSetCodec {
  private static final int FORMAT = 1;

  /** Epoch start, first, counter, content length: the fewest bytes of a sibling. */
  private static final int MIN_SIBLING_BYTES = 11;

  private VersionSetCodec() {}

  static Bytes encode(VersionSet set) {
    int size = 16 + set.clock().entries().size() * 24;
    for (Sibling sibling : set.siblings()) {
      size += sibling.content().value().length() + 128;
    }
    var to = new Encoder(size).u8(FORMAT);
    set.clock().encode(to);
    to.varint(set.siblings().size());
    for (Sibling sibling : set.siblings()) {
      sibling.dot().encode(to);
      to.bytes(sibling.content().encoded());
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
    int count = from.count(MIN_SIBLING_BYTES);
    var siblings = new ArrayList<Sibling>(count);
    for (int i = 0; i < count; i++) {
      var sibling = new Sibling(Dot.decode(from), Content.decode(from.bytes()));
      if (!clock.covers(sibling.dot())) {
        throw new MalformedException("sibling outside its clock");
      }
      if (i > 0 && siblings.get(i - 1).compareTo(sibling) >= 0) {
        throw new MalformedException("siblings out of order");
      }
      siblings.add(sibling);
    }
    from.end();
    return new VersionSet(clock, List.copyOf(siblings), encoded);
  }
}
