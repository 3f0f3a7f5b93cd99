package io.cartwheel.transport.frame;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.DiscardUnknownFieldsParser;
import com.google.protobuf.Parser;
import com.google.protobuf.UnsafeByteOperations;
import io.cartwheel.core.bucket.Quorum;
import io.cartwheel.core.item.Decoder;
import io.cartwheel.core.item.Hash128;
import io.cartwheel.core.item.ItemKey;
import io.cartwheel.core.item.MalformedException;
import io.cartwheel.core.message.Message;
import io.cartwheel.core.message.PutRequest;
import io.cartwheel.core.ring.MemberId;
import io.cartwheel.core.version.Content;
import io.cartwheel.core.version.VersionSet;
import io.cartwheel.core.version.VersionVector;
import io.cartwheel.transport.wire.Peer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToLongFunction;

/**
 * Reads frames, trusting nothing.
 *
 * <p>Unknown fields are skipped and not kept: keeping them would let a small frame of many fields
 * take many times its size in memory.
 */
public final class FrameDecoder {
  private static final Parser<Peer.PeerFrame> PARSER =
      DiscardUnknownFieldsParser.wrap(Peer.PeerFrame.parser());

  /** More owners than this nobody stands in for at once. */
  private static final int MAX_OWED = 64;

  static final Frame UNKNOWN = new Frame.Unknown();
  private static final Frame PINGED = new Frame.Pinged();

  private FrameDecoder() {}

  /**
   * Reads one frame.
   *
   * @param frame what followed the length; it must not be changed afterwards, for the result's
   *     bytes are slices of it
   */
  public static Frame decode(byte[] frame) throws MalformedException {
    Peer.PeerFrame wire = parse(frame);
    return switch (wire.getKindCase()) {
      case REPLICA_GET -> replicaGet(wire.getReplicaGet());
      case REPLICA_PUT -> new Frame.Said(replicaPut(wire.getReplicaPut()));
      case FORWARDED_PUT -> new Frame.Said(forwardedPut(wire.getForwardedPut()));
      case REPLICA_STATE -> new Frame.Said(replicaState(wire.getReplicaState()));
      case REPLICA_DIGEST -> new Frame.Said(replicaDigest(wire.getReplicaDigest()));
      case REPLICA_STORED -> new Frame.Said(replicaStored(wire.getReplicaStored()));
      case FORWARDED_OUTCOME -> OutcomeDecoder.decode(wire.getForwardedOutcome());
      case REFUSED -> refused(wire.getRefused());
      case INSPECT -> new Frame.Said(inspect(wire.getInspect()));
      case INSPECTED -> ReportCodec.decode(wire.getInspected());
      case HEARTBEAT -> new Frame.Said(heartbeat(wire.getHeartbeat()));
      case ALIVE -> new Frame.Said(alive(wire.getAlive()));
      case COMPARE_ROOTS -> new Frame.Said(TreeFrames.decode(wire.getCompareRoots()));
      case ROOTS_COMPARED -> new Frame.Said(TreeFrames.decode(wire.getRootsCompared()));
      case COMPARE_BRANCHES -> new Frame.Said(TreeFrames.decode(wire.getCompareBranches()));
      case BRANCHES_COMPARED -> new Frame.Said(TreeFrames.decode(wire.getBranchesCompared()));
      case LIST_KEYS -> new Frame.Said(TreeFrames.decode(wire.getListKeys()));
      case KEYS_LISTED -> new Frame.Said(TreeFrames.decode(wire.getKeysListed()));
      case REPAIR_QUERY -> new Frame.Said(TreeFrames.decode(wire.getRepairQuery()));
      case REPAIR_REPORT -> new Frame.Said(TreeFrames.decode(wire.getRepairReport()));
      case BARRIER_QUERY -> new Frame.Said(BarrierFrames.decode(wire.getBarrierQuery()));
      case BARRIER_REPORT -> new Frame.Said(BarrierFrames.decode(wire.getBarrierReport()));
      case CONFIRM_FORGETTABLE ->
          new Frame.Said(BarrierFrames.decode(wire.getConfirmForgettable()));
      case FORGETTABLE_CONFIRMED ->
          new Frame.Said(BarrierFrames.decode(wire.getForgettableConfirmed()));
      case FORGET -> new Frame.Said(BarrierFrames.decode(wire.getForget()));
      case FORGOT -> new Frame.Said(BarrierFrames.decode(wire.getForgot()));
      case FORGOT_QUERY -> new Frame.Said(BarrierFrames.decode(wire.getForgotQuery()));
      case FORGOT_REPORT -> new Frame.Said(BarrierFrames.decode(wire.getForgotReport()));
      case PING -> PINGED;
      case HELLO -> new Frame.Greeted(wire.getHello());
      case WELCOME -> new Frame.Welcomed(wire.getWelcome());
      case REJECTION -> new Frame.Rejected(wire.getRejection());
      case KIND_NOT_SET -> UNKNOWN;
    };
  }

  private static Peer.PeerFrame parse(byte[] frame) throws MalformedException {
    try {
      if (!FieldsOnce.holds(frame)) {
        throw new MalformedException("not a frame of ours: a field comes twice, or is too long");
      }
      // Only a stream made from a byte string takes the array for immutable and so aliases it.
      CodedInputStream input = UnsafeByteOperations.unsafeWrap(frame).newCodedInput();
      input.enableAliasing(true);
      Peer.PeerFrame wire = PARSER.parseFrom(input);
      input.checkLastTagWas(0);
      return wire;
    } catch (IOException e) {
      throw new MalformedException("not a frame of ours: " + e.getMessage());
    }
  }

  private static Frame replicaGet(Peer.ReplicaGet get) throws MalformedException {
    return switch (get.getDetail()) {
      case FULL -> new Frame.Said(replicaGet(get, Message.Detail.FULL));
      case DIGEST -> new Frame.Said(replicaGet(get, Message.Detail.DIGEST));
      case DETAIL_UNKNOWN, UNRECOGNIZED -> UNKNOWN;
    };
  }

  private static Message replicaGet(Peer.ReplicaGet get, Message.Detail detail)
      throws MalformedException {
    return new Message.ReplicaGet(
        get.getId(),
        key(get.getKey()),
        get.getListVersion(),
        detail,
        get.getStandIn(),
        count(get.getTimeoutMillis()));
  }

  private static Message replicaPut(Peer.ReplicaPut put) throws MalformedException {
    return new Message.ReplicaPut(
        put.getId(),
        key(put.getKey()),
        put.getListVersion(),
        state(put.getState()),
        owed(put.getOwedCount(), MAX_OWED, put::getOwed),
        put.getStamp(),
        count(put.getTimeoutMillis()));
  }

  static List<MemberId> owed(int count, int most, IntToLongFunction id) throws MalformedException {
    if (count > most) {
      throw new MalformedException("owed to " + count + " owners");
    }
    var owners = new ArrayList<MemberId>(count);
    for (int i = 0; i < count; i++) {
      if (id.applyAsLong(i) == 0) {
        throw new MalformedException("owed to nobody");
      }
      owners.add(new MemberId(id.applyAsLong(i)));
    }
    return owners;
  }

  private static Message forwardedPut(Peer.ForwardedPut forwarded) throws MalformedException {
    var options =
        new PutRequest.Options(
            quorum(forwarded.getW()),
            quorum(forwarded.getDw()),
            quorum(forwarded.getPw()),
            forwarded.hasSloppy() ? Optional.of(forwarded.getSloppy()) : Optional.empty(),
            nodes(forwarded.getNodeConfirms()),
            count(forwarded.getClientTimeoutMillis()),
            forwarded.getReturnBody());
    var put =
        new PutRequest(
            key(forwarded.getKey()),
            Content.decode(WireBytes.fromWire(forwarded.getContent())),
            vector(forwarded.getSeen()),
            forwarded.getPreferredCoordinator(),
            options);
    return new Message.ForwardedPut(
        forwarded.getId(),
        put,
        forwarded.getStandIn(),
        forwarded.getStamp(),
        count(forwarded.getTimeoutMillis()));
  }

  private static Message replicaState(Peer.ReplicaState reply) throws MalformedException {
    return new Message.ReplicaState(
        reply.getId(), state(reply.getState()), reply.getRecovering(), reply.getStamp());
  }

  private static Message replicaDigest(Peer.ReplicaDigest reply) {
    var digest = new Hash128(reply.getDigestHigh(), reply.getDigestLow());
    return new Message.ReplicaDigest(
        reply.getId(), digest, reply.getRecovering(), reply.getStamp());
  }

  private static Message replicaStored(Peer.ReplicaStored reply) {
    return new Message.ReplicaStored(reply.getId(), reply.getDurable());
  }

  private static Frame refused(Peer.Refused reply) {
    return switch (reply.getRefusal()) {
      case NOT_OWNER -> refused(reply, Message.Refusal.NOT_OWNER);
      case OVERLOADED -> refused(reply, Message.Refusal.OVERLOADED);
      case HINTS_FULL -> refused(reply, Message.Refusal.HINTS_FULL);
      case EXPIRED -> refused(reply, Message.Refusal.EXPIRED);
      case STORAGE_FAILED -> refused(reply, Message.Refusal.STORAGE_FAILED);
      case NOT_READY -> refused(reply, Message.Refusal.NOT_READY);
      case OUTDATED -> refused(reply, Message.Refusal.OUTDATED);
      case REFUSAL_UNKNOWN, UNRECOGNIZED -> UNKNOWN;
    };
  }

  private static Frame refused(Peer.Refused reply, Message.Refusal refusal) {
    return new Frame.Said(new Message.Refused(reply.getId(), refusal));
  }

  private static Message inspect(Peer.Inspect request) throws MalformedException {
    return new Message.Inspect(
        request.getId(), key(request.getKey()), count(request.getTimeoutMillis()));
  }

  private static Message heartbeat(Peer.Heartbeat request) throws MalformedException {
    return new Message.Heartbeat(request.getId(), count(request.getTimeoutMillis()));
  }

  private static Message alive(Peer.Alive reply) {
    return new Message.Alive(reply.getId(), reply.getSlow());
  }

  static ItemKey key(ByteString wire) throws MalformedException {
    var from = new Decoder(WireBytes.fromWire(wire));
    ItemKey key = ItemKey.decode(from);
    from.end();
    return key;
  }

  static VersionSet state(ByteString wire) throws MalformedException {
    return wire.isEmpty() ? VersionSet.EMPTY : VersionSet.decode(WireBytes.fromWire(wire));
  }

  static VersionVector vector(ByteString wire) throws MalformedException {
    if (wire.isEmpty()) {
      return VersionVector.EMPTY;
    }
    var from = new Decoder(WireBytes.fromWire(wire));
    VersionVector vector = VersionVector.decode(from);
    from.end();
    return vector;
  }

  static int count(int wire) throws MalformedException {
    if (wire < 0) {
      throw new MalformedException("a number beyond 31 bits");
    }
    return wire;
  }

  private static int nodes(int wire) throws MalformedException {
    if (wire < 0 || wire > Quorum.MAX) {
      throw new MalformedException("a number of nodes out of range");
    }
    return wire;
  }

  private static Quorum quorum(int wire) throws MalformedException {
    return switch (wire) {
      case QuorumCode.ONE -> Quorum.ONE;
      case QuorumCode.QUORUM -> Quorum.QUORUM;
      case QuorumCode.ALL -> Quorum.ALL;
      case QuorumCode.DEFAULT -> Quorum.DEFAULT;
      default -> {
        if (wire < 0 || wire > Quorum.MAX) {
          throw new MalformedException("a quorum out of range");
        }
        yield new Quorum.Exactly(wire);
      }
    };
  }
}
