package io.cartwheel.transport.frame;

import com.google.protobuf.ByteString;
import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.item.Decoder;
import io.cartwheel.core.item.Encoder;
import io.cartwheel.core.item.Hash128;
import io.cartwheel.core.item.MalformedException;
import io.cartwheel.core.merkle.MerkleTree;
import io.cartwheel.core.merkle.TreeId;
import io.cartwheel.core.message.KeyReport;
import io.cartwheel.core.message.KeyReport.Copy;
import io.cartwheel.core.message.KeyReport.Debt;
import io.cartwheel.core.message.KeyReport.Segment;
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
  private static final int EXPIRES = 2;
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
    report.segment().ifPresent(segment -> to.setSegment(segment(segment)));
    return to;
  }

  private static Peer.Inspected.Segment.Builder segment(Segment segment) {
    Peer.Inspected.Segment.Builder to =
        Peer.Inspected.Segment.newBuilder()
            .setOwners(segment.tree().owners())
            .setPartition(segment.tree().partition())
            .setNumber(segment.number());
    segment.leaf().ifPresent(leaf -> to.setLeafHigh(leaf.high()).setLeafLow(leaf.low()));
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
    var to = new Encoder(versions.size() * Encoder.lengthWith(VERSION_BYTES + Long.BYTES));
    for (Version version : versions) {
      Dot dot = version.dot();
      boolean expires = version.expiresMillis().isPresent();
      to.varint(VERSION_BYTES + (expires ? Long.BYTES : 0));
      to.fixed64(dot.epoch().start()).fixed64(dot.epoch().first()).fixed64(dot.counter());
      to.u8((version.tombstone() ? TOMBSTONE : 0) | (expires ? EXPIRES : 0));
      version.contentHash().encode(to);
      to.fixed32(version.valueBytes()).fixed64(version.writtenMillis());
      version.expiresMillis().ifPresent(to::fixed64);
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
    var report = new KeyReport(wire.getRecovering(), copy, debt(wire), segment(wire));
    return new Frame.Said(new Message.Inspected(wire.getId(), report));
  }

  private static Optional<Segment> segment(Peer.Inspected wire) throws MalformedException {
    if (!wire.hasSegment()) {
      return Optional.empty();
    }
    Peer.Inspected.Segment segment = wire.getSegment();
    if (segment.getNumber() < 0 || segment.getNumber() >= MerkleTree.SEGMENTS) {
      throw new MalformedException("a segment that there can't be");
    }
    TreeId tree = TreeFrames.tree(segment.getPartition(), segment.getOwners());
    Optional<Hash128> leaf =
        segment.hasLeafHigh()
            ? Optional.of(new Hash128(segment.getLeafHigh(), segment.getLeafLow()))
            : Optional.empty();
    return Optional.of(new Segment(tree, segment.getNumber(), leaf));
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
    long written = from.fixed64();
    Optional<Long> expires =
        (flags & EXPIRES) != 0 ? Optional.of(from.fixed64()) : Optional.empty();
    return new Version(dot, (flags & TOMBSTONE) != 0, hash, bytes, written, expires);
  }
}
