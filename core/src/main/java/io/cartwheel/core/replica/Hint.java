package io.cartwheel.core.replica;

import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.item.Decoder;
import io.cartwheel.core.item.Encoder;
import io.cartwheel.core.item.MalformedException;
import io.cartwheel.core.ring.MemberId;
import java.util.List;

/**
 * That a key's record is owed to some of its owners: the entry by which a node finds, after a
 * restart too, what it has to hand over (Dynamo §4.6).
 *
 * <p>Layout: format (1), since when by the wall clock (8), the record's length (4), the count of
 * owners (1) and their ids (8 each). The record itself says the same of its owners; this only finds
 * it.
 *
 * @param sinceMillis when the oldest part of the debt arose
 * @param bytes the length of the record
 * @param owed to whom; at least one
 */
record Hint(long sinceMillis, int bytes, List<MemberId> owed) {
  private static final int FORMAT = 1;

  Hint {
    owed = List.copyOf(owed);
  }

  Bytes encode() {
    var to = new Encoder(14 + 8 * owed.size());
    to.u8(FORMAT).fixed64(sinceMillis).fixed32(bytes).u8(owed.size());
    owed.forEach(owner -> to.fixed64(owner.value()));
    return to.toBytes();
  }

  static Hint decode(Bytes encoded) throws MalformedException {
    var from = new Decoder(encoded);
    int format = from.u8();
    if (format != FORMAT) {
      throw new MalformedException("hint of format " + format);
    }
    long since = from.fixed64();
    int bytes = from.fixed32();
    if (bytes < 0) {
      throw new MalformedException("hint for a record of length " + bytes);
    }
    List<MemberId> owed = StoredRecord.members(from);
    from.end();
    return new Hint(since, bytes, owed);
  }
}
