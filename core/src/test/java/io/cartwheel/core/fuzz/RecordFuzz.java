package io.cartwheel.core.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.cartwheel.core.fixture.HostileBytes;
import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.item.Encoder;
import io.cartwheel.core.item.MalformedException;
import io.cartwheel.core.replica.StoredRecord;
import io.cartwheel.core.version.VersionSet;

/**
 * Records as a disk may return them: as they come, with a checksum that is right, and the state.
 */
public final class RecordFuzz {
  private RecordFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    Bytes hostile = Bytes.wrap(input);
    HostileBytes.decode(hostile, StoredRecord::decode, RecordFuzz::record);
    var sealed = new Encoder(input.length + 5).u8(1).fixed32(hostile.checksum()).raw(hostile);
    HostileBytes.decode(sealed.toBytes(), StoredRecord::decode, RecordFuzz::record);
    HostileBytes.decode(hostile, VersionSet::decode, RecordFuzz::state);
  }

  /** A record has one form but for a mark of no loss, which no writer sets. */
  private static void record(Bytes hostile) throws MalformedException {
    StoredRecord read = StoredRecord.decode(hostile);
    assertEquals(read, StoredRecord.decode(read.encode()));
  }

  private static void state(Bytes hostile) throws MalformedException {
    VersionSet read = VersionSet.decode(hostile);
    VersionSet again = read.merge(VersionSet.decode(hostile));
    assertEquals(hostile, again.encoded());
    assertEquals(read, again);
  }
}
