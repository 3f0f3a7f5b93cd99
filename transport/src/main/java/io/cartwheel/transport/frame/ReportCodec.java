package io.cartwheel.transport.frame;

import com.google.protobuf.ByteString;
import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.item.Decoder;
import io.cartwheel.core.item.Encoder;
import io.cartwheel.core.item.Hash128;
import io.cartwheel.core.item.MalformedException;
import io.cartwheel.core.message.KeyReport;
import io.cartwheel.core.message.KeyReport.Copy;
import io.cartwheel.core.message.KeyReport.Debt;
import io.cartwheel.core.message.KeyReport.Version;
import io.cartwheel.core.message.Message;
import io.cartwheel.core.ring.MemberId;
import io.cartwheel.core.version.Dot;
import io.cartwheel.core.version.Epoch;
import io.cartwheel.transport.wire.Peer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a member has of a key, in the form of {@code peer.proto} and back. */
final class ReportCodec {
  /** As many as a record may be owed to. */
  private static final int MAX_OWED = 127;

  private static final int TOMBSTONE = 1;
  private static final int VERSION_BYTES = 3 * Long.BYTES + 1 + Hash128.BYTES + 4 + Long.BYTES;

  private ReportCodec() {}

  static Peer.Inspected.Builder encode(Message.Inspected inspected) {
    KeyReport report = inspected.report();
    Peer.Inspected.Builder to =
        Peer.Inspected.newBuilder().setId(inspected.id()).setRecovering(report.recovering());
    switch (report.copy()) {
      case Copy.Absent() -> to.getAbsentBuilder();
      case Copy.Damaged() -> to.getDamagedBuilder();
      case Copy.Held held -> to.setHeld(held(held));
    }
    report
        .debt()
        .ifPresent(debt -> {
          debt.owners().forEach(owner -> to.addOwed(owner.value()));
          debt.sinceMillis().ifPresent(to::setOwedSinceMillis);
        });
    return to;
  }

  private static Peer.Inspected.Held.Builder held(Copy.Held held) {
    Peer.Inspected.Held.Builder to =
        Peer.Inspected.Held.newBuilder()
            .setHashHigh(held.hash().high())
            .setHashLow(held.hash().low())
            .setClock(FrameEncoder.vector(held.clock()))
            .setVersions(versions(held.versions()))
            .setLossMark(held.lossMark());
    held.epoch()
        .ifPresent(epoch -> to.getEpochBuilder().setStart(epoch.start()).setFirst(epoch.first()));
    return to;
  }

  private static ByteString versions(List<Version> versions) {
    var to = new Encoder(versions.size() * Encoder.lengthWith(VERSION_BYTES));
    for (Version version : versions) {
      Dot dot = version.dot();
      to.varint(VERSION_BYTES);
      to.fixed64(dot.epoch().start()).fixed64(dot.epoch().first()).fixed64(dot.counter());
      to.u8(version.tombstone() ? TOMBSTONE : 0);
      version.contentHash().encode(to);
      to.fixed32(version.valueBytes()).fixed64(version.writtenMillis());
    }
    return WireBytes.toWire(to.toBytes());
  }

  static Frame decode(Peer.Inspected wire) throws MalformedException {
    return switch (wire.getCopyCase()) {
      case ABSENT -> said(wire, new Copy.Absent());
      case DAMAGED -> said(wire, new Copy.Damaged());
      case HELD -> said(wire, held(wire.getHeld()));
      case COPY_NOT_SET -> FrameDecoder.UNKNOWN;
    };
  }

  private static Frame said(Peer.Inspected wire, Copy copy) throws MalformedException {
    var report = new KeyReport(wire.getRecovering(), copy, debt(wire));
    return new Frame.Said(new Message.Inspected(wire.getId(), report));
  }

  private static Optional<Debt> debt(Peer.Inspected wire) throws MalformedException {
    List<MemberId> owners = FrameDecoder.owed(wire.getOwedCount(), MAX_OWED, wire::getOwed);
    return owners.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Debt(
                owners,
                wire.hasOwedSinceMillis()
                    ? Optional.of(wire.getOwedSinceMillis())
                    : Optional.empty()));
  }

  private static Copy held(Peer.Inspected.Held wire) throws MalformedException {
    return new Copy.Held(
        new Hash128(wire.getHashHigh(), wire.getHashLow()),
        FrameDecoder.vector(wire.getClock()),
        versions(WireBytes.fromWire(wire.getVersions())),
        wire.getLossMark(),
        wire.hasEpoch()
            ? Optional.of(new Epoch(wire.getEpoch().getStart(), wire.getEpoch().getFirst()))
            : Optional.empty());
  }

  private static List<Version> versions(Bytes encoded) throws MalformedException {
    var from = new Decoder(encoded);
    var versions = new ArrayList<Version>();
    while (from.remaining() > 0) {
      int length = from.count(1);
      int end = from.position() + length;
      versions.add(version(from));
      from.skip(end - from.position());
    }
    return versions;
  }

  private static Version version(Decoder from) throws MalformedException {
    var dot = new Dot(new Epoch(from.fixed64(), from.fixed64()), from.fixed64());
    int flags = from.u8();
    var hash = Hash128.decode(from);
    int bytes = FrameDecoder.count(from.fixed32());
    return new Version(dot, (flags & TOMBSTONE) != 0, hash, bytes, from.fixed64());
  }
}
