package io.cartwheel.core.replica;

import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.item.Decoder;
import io.cartwheel.core.item.Encoder;
import io.cartwheel.core.item.MalformedException;
import io.cartwheel.core.ring.MemberId;
import io.cartwheel.core.version.Epoch;
import io.cartwheel.core.version.VersionSet;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/**
 * What an engine keeps for one key: the state, and what is true of this copy alone.
 *
 * <p>Layout: format (1), CRC32C of the rest (4), flags (1), the epoch's start (8) and first (8) if
 * flagged, the loss mark (8) if flagged, the owners owed if flagged: their count (1) and ids (8
 * each), the encoded state. Only the state is ever sent elsewhere.
 *
 * @param state the key's versions
 * @param epoch the epoch in which this node last coordinated a write of the key
 * @param lossMark not 0 while this copy may lack writes that it once acknowledged; names the loss
 * @param owed the owners for whom this node keeps the state until they have it (Dynamo §4.6)
 */
public record StoredRecord(
    VersionSet state, Optional<Epoch> epoch, long lossMark, List<MemberId> owed) {
  static final StoredRecord NOTHING =
      new StoredRecord(VersionSet.EMPTY, Optional.empty(), 0, List.of());

  /** More owners than a key can have. */
  static final int MAX_OWED = 127;

  private static final int FORMAT = 1;
  private static final int HAS_EPOCH = 1;
  private static final int HAS_LOSS_MARK = 2;
  private static final int HAS_OWED = 4;
  private static final int KNOWN_FLAGS = HAS_EPOCH | HAS_LOSS_MARK | HAS_OWED;

  public StoredRecord {
    owed = List.copyOf(owed);
  }

  /** A copy that was lost, and knows it. */
  static StoredRecord lost(long lossMark) {
    return new StoredRecord(VersionSet.EMPTY, Optional.empty(), lossMark, List.of());
  }

  boolean isRecovering() {
    return lossMark != 0;
  }

  StoredRecord with(VersionSet newer) {
    return new StoredRecord(newer, epoch, lossMark, owed);
  }

  StoredRecord whole() {
    return new StoredRecord(state, epoch, 0, owed);
  }

  /** The same, kept for these owners too. */
  StoredRecord owing(List<MemberId> more) {
    if (owed.containsAll(more)) {
      return this;
    }
    var all = new LinkedHashSet<>(owed);
    all.addAll(more);
    return new StoredRecord(state, epoch, lossMark, List.copyOf(all));
  }

  boolean owes(MemberId owner) {
    return owed.contains(owner);
  }

  /** The same, no longer kept for this owner. */
  StoredRecord settledWith(MemberId owner) {
    List<MemberId> left = owed.stream().filter(each -> !each.equals(owner)).toList();
    return new StoredRecord(state, epoch, lossMark, left);
  }

  public Bytes encode() {
    Bytes set = state.encoded();
    int flags =
        (epoch.isPresent() ? HAS_EPOCH : 0)
            | (isRecovering() ? HAS_LOSS_MARK : 0)
            | (owed.isEmpty() ? 0 : HAS_OWED);
    var body = new Encoder(set.length() + 32 + 8 * owed.size()).u8(flags);
    epoch.ifPresent(held -> body.fixed64(held.start()).fixed64(held.first()));
    if (isRecovering()) {
      body.fixed64(lossMark);
    }
    if (!owed.isEmpty()) {
      body.u8(owed.size());
      owed.forEach(owner -> body.fixed64(owner.value()));
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
    if ((flags & ~KNOWN_FLAGS) != 0) {
      throw new MalformedException("record with flags " + flags);
    }
    Optional<Epoch> epoch =
        (flags & HAS_EPOCH) == 0
            ? Optional.empty()
            : Optional.of(new Epoch(body.fixed64(), body.fixed64()));
    long lossMark = (flags & HAS_LOSS_MARK) == 0 ? 0 : body.fixed64();
    List<MemberId> owed = (flags & HAS_OWED) == 0 ? List.of() : members(body);
    return new StoredRecord(VersionSet.decode(body.rest()), epoch, lossMark, owed);
  }

  /** Reads how many members there are, and their ids: at least one. */
  static List<MemberId> members(Decoder from) throws MalformedException {
    int count = from.u8();
    if (count == 0 || count > MAX_OWED) {
      throw new MalformedException("owed to " + count + " owners");
    }
    var members = new ArrayList<MemberId>(count);
    for (int i = 0; i < count; i++) {
      long id = from.fixed64();
      if (id == 0) {
        throw new MalformedException("owed to nobody");
      }
      members.add(new MemberId(id));
    }
    return members;
  }
}
