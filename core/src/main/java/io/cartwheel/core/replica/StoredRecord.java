package io.cartwheel.core.replica;

import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.item.Decoder;
import io.cartwheel.core.item.Encoder;
import io.cartwheel.core.item.MalformedException;
import io.cartwheel.core.version.Epoch;
import io.cartwheel.core.version.VersionSet;
import java.util.Optional;

/**
 * What an engine keeps for one key: the state, and what is true of this copy alone.
 *
 * <p>Layout: format (1), CRC32C of the rest (4), flags (1), the epoch's start (8) and first (8) if
 * flagged, the loss mark (8) if flagged, the encoded state. Only the state is ever sent elsewhere.
 *
 * @param state the key's versions
 * @param epoch the epoch in which this node last coordinated a write of the key
 * @param lossMark not 0 while this copy may lack writes that it once acknowledged; names the loss
 */
public record StoredRecord(VersionSet state, Optional<Epoch> epoch, long lossMark) {
  static final StoredRecord NOTHING = new StoredRecord(VersionSet.EMPTY, Optional.empty(), 0);

  private static final int FORMAT = 1;
  private static final int HAS_EPOCH = 1;
  private static final int HAS_LOSS_MARK = 2;

  /** A copy that was lost, and knows it. */
  static StoredRecord lost(long lossMark) {
    return new StoredRecord(VersionSet.EMPTY, Optional.empty(), lossMark);
  }

  boolean isRecovering() {
    return lossMark != 0;
  }

  StoredRecord with(VersionSet newer) {
    return new StoredRecord(newer, epoch, lossMark);
  }

  StoredRecord whole() {
    return new StoredRecord(state, epoch, 0);
  }

  public Bytes encode() {
    Bytes set = state.encoded();
    int flags = (epoch.isPresent() ? HAS_EPOCH : 0) | (isRecovering() ? HAS_LOSS_MARK : 0);
    var body = new Encoder(set.length() + 32).u8(flags);
    epoch.ifPresent(held -> body.fixed64(held.start()).fixed64(held.first()));
    if (isRecovering()) {
      body.fixed64(lossMark);
    }
    Bytes rest = body.raw(set).toBytes();
    return new Encoder(rest.length() + 5).u8(FORMAT).fixed32(rest.checksum()).raw(rest).toBytes();
  }

  /** Decodes a record; any damage, one flipped bit included, is malformed. */
  public static StoredRecord decode(Bytes encoded) throws MalformedException {
    var from = new Decoder(encoded);
    int format = from.u8();
    if (format != FORMAT) {
      throw new MalformedException("record of format " + format);
    }
    int checksum = from.fixed32();
    Bytes rest = from.rest();
    if (rest.checksum() != checksum) {
      throw new MalformedException("record fails its checksum");
    }
    var body = new Decoder(rest);
    int flags = body.u8();
    if ((flags & ~(HAS_EPOCH | HAS_LOSS_MARK)) != 0) {
      throw new MalformedException("record with flags " + flags);
    }
    Optional<Epoch> epoch =
        (flags & HAS_EPOCH) == 0
            ? Optional.empty()
            : Optional.of(new Epoch(body.fixed64(), body.fixed64()));
    long lossMark = (flags & HAS_LOSS_MARK) == 0 ? 0 : body.fixed64();
    return new StoredRecord(VersionSet.decode(body.rest()), epoch, lossMark);
  }
}
