package io.cartwheel.transport.frame;

import com.google.protobuf.ByteString;
import io.cartwheel.core.bucket.Quorum;
import io.cartwheel.core.item.Encoder;
import io.cartwheel.core.message.Failure;
import io.cartwheel.core.message.Message;
import io.cartwheel.core.message.PutOutcome;
import io.cartwheel.core.message.PutRequest;
import io.cartwheel.core.version.VersionSet;
import io.cartwheel.core.version.VersionVector;
import io.cartwheel.transport.wire.Peer;

/** Puts messages into the form of {@code peer.proto}. */
public final class FrameEncoder {
  /** A sign of life. */
  public static final Peer.PeerFrame PING =
      Peer.PeerFrame.newBuilder().setPing(Peer.Ping.getDefaultInstance()).build();

  private FrameEncoder() {}

  public static Peer.PeerFrame encode(Message message) {
    Peer.PeerFrame.Builder to = Peer.PeerFrame.newBuilder();
    switch (message) {
      case Message.ReplicaGet get -> to.setReplicaGet(replicaGet(get));
      case Message.ReplicaPut put -> to.setReplicaPut(replicaPut(put));
      case Message.ForwardedPut put -> to.setForwardedPut(forwardedPut(put));
      case Message.ReplicaState state -> to.setReplicaState(replicaState(state));
      case Message.ReplicaDigest digest -> to.setReplicaDigest(replicaDigest(digest));
      case Message.ReplicaStored stored -> to.setReplicaStored(replicaStored(stored));
      case Message.ForwardedOutcome outcome -> to.setForwardedOutcome(forwardedOutcome(outcome));
      case Message.Refused refused -> to.setRefused(refused(refused));
      case Message.Inspect(long id, var key, int timeoutMillis) ->
          to.getInspectBuilder()
              .setId(id)
              .setKey(WireBytes.toWire(key.encoded()))
              .setTimeoutMillis(timeoutMillis);
      case Message.Inspected inspected -> to.setInspected(ReportCodec.encode(inspected));
      case Message.Heartbeat(long id, int timeoutMillis) ->
          to.getHeartbeatBuilder().setId(id).setTimeoutMillis(timeoutMillis);
      case Message.CompareRoots roots -> to.setCompareRoots(TreeFrames.encode(roots));
      case Message.RootsCompared roots -> to.setRootsCompared(TreeFrames.encode(roots));
      case Message.CompareBranches branches -> to.setCompareBranches(TreeFrames.encode(branches));
      case Message.BranchesCompared branches -> to.setBranchesCompared(TreeFrames.encode(branches));
      case Message.ListKeys keys -> to.setListKeys(TreeFrames.encode(keys));
      case Message.RepairQuery query -> to.setRepairQuery(TreeFrames.encode(query));
      case Message.RepairReport report -> to.setRepairReport(TreeFrames.encode(report));
      case Message.KeysListed keys -> to.setKeysListed(TreeFrames.encode(keys));
      case Message.BarrierQuery query -> to.setBarrierQuery(BarrierFrames.encode(query));
      case Message.BarrierReport report -> to.setBarrierReport(BarrierFrames.encode(report));
      case Message.ConfirmForgettable asked ->
          to.setConfirmForgettable(BarrierFrames.encode(asked));
      case Message.ForgettableConfirmed confirmed ->
          to.setForgettableConfirmed(BarrierFrames.encode(confirmed));
      case Message.Forget asked -> to.setForget(BarrierFrames.encode(asked));
      case Message.Forgot(long id, int keys) -> to.getForgotBuilder().setId(id).setKeys(keys);
      case Message.ForgotQuery query -> to.setForgotQuery(BarrierFrames.encode(query));
      case Message.ForgotReport report -> to.setForgotReport(BarrierFrames.encode(report));
      case Message.Alive(long id, boolean slow) -> to.getAliveBuilder().setId(id).setSlow(slow);
    }
    return to.build();
  }

  private static Peer.ReplicaGet.Builder replicaGet(Message.ReplicaGet get) {
    return Peer.ReplicaGet.newBuilder()
        .setId(get.id())
        .setKey(WireBytes.toWire(get.key().encoded()))
        .setListVersion(get.listVersion())
        .setDetail(
            switch (get.detail()) {
              case FULL -> Peer.ReplicaGet.Detail.FULL;
              case DIGEST -> Peer.ReplicaGet.Detail.DIGEST;
            })
        .setTimeoutMillis(get.timeoutMillis())
        .setStandIn(get.standIn());
  }

  private static Peer.ReplicaPut.Builder replicaPut(Message.ReplicaPut put) {
    Peer.ReplicaPut.Builder to =
        Peer.ReplicaPut.newBuilder()
            .setId(put.id())
            .setKey(WireBytes.toWire(put.key().encoded()))
            .setListVersion(put.listVersion())
            .setState(state(put.state()))
            .setStamp(put.stamp())
            .setTimeoutMillis(put.timeoutMillis());
    put.owed().forEach(owner -> to.addOwed(owner.value()));
    return to;
  }

  private static Peer.ForwardedPut.Builder forwardedPut(Message.ForwardedPut forwarded) {
    PutRequest put = forwarded.put();
    PutRequest.Options options = put.options();
    Peer.ForwardedPut.Builder to =
        Peer.ForwardedPut.newBuilder()
            .setId(forwarded.id())
            .setKey(WireBytes.toWire(put.key().encoded()))
            .setContent(WireBytes.toWire(put.content().encoded()))
            .setSeen(vector(put.seen()))
            .setPreferredCoordinator(put.preferredCoordinator())
            .setW(quorum(options.w()))
            .setDw(quorum(options.dw()))
            .setPw(quorum(options.pw()))
            .setNodeConfirms(options.nodeConfirms())
            .setClientTimeoutMillis(options.timeoutMillis())
            .setReturnBody(options.returnBody())
            .setStandIn(forwarded.standIn())
            .setStamp(forwarded.stamp())
            .setTimeoutMillis(forwarded.timeoutMillis());
    options.sloppy().ifPresent(to::setSloppy);
    return to;
  }

  private static Peer.ReplicaState.Builder replicaState(Message.ReplicaState reply) {
    return Peer.ReplicaState.newBuilder()
        .setId(reply.id())
        .setState(state(reply.state()))
        .setRecovering(reply.recovering())
        .setStamp(reply.stamp());
  }

  private static Peer.ReplicaDigest.Builder replicaDigest(Message.ReplicaDigest reply) {
    return Peer.ReplicaDigest.newBuilder()
        .setId(reply.id())
        .setDigestHigh(reply.digest().high())
        .setDigestLow(reply.digest().low())
        .setRecovering(reply.recovering())
        .setStamp(reply.stamp());
  }

  private static Peer.ReplicaStored.Builder replicaStored(Message.ReplicaStored reply) {
    return Peer.ReplicaStored.newBuilder().setId(reply.id()).setDurable(reply.durable());
  }

  private static Peer.Refused.Builder refused(Message.Refused reply) {
    return Peer.Refused.newBuilder()
        .setId(reply.id())
        .setRefusal(
            switch (reply.refusal()) {
              case NOT_OWNER -> Peer.Refused.Refusal.NOT_OWNER;
              case OVERLOADED -> Peer.Refused.Refusal.OVERLOADED;
              case HINTS_FULL -> Peer.Refused.Refusal.HINTS_FULL;
              case EXPIRED -> Peer.Refused.Refusal.EXPIRED;
              case STORAGE_FAILED -> Peer.Refused.Refusal.STORAGE_FAILED;
              case NOT_READY -> Peer.Refused.Refusal.NOT_READY;
              case OUTDATED -> Peer.Refused.Refusal.OUTDATED;
            });
  }

  private static Peer.ForwardedOutcome.Builder forwardedOutcome(Message.ForwardedOutcome reply) {
    Peer.ForwardedOutcome.Builder to = Peer.ForwardedOutcome.newBuilder().setId(reply.id());
    switch (reply.outcome()) {
      case PutOutcome.Stored stored ->
          to.setStored(
              Peer.ForwardedOutcome.Stored.newBuilder()
                  .setClock(vector(stored.clock()))
                  .setAlone(stored.alone())
                  .setCoordinator(stored.coordinator())
                  .setState(state(stored.state())));
      case PutOutcome.Failed failed -> failure(failed.failure(), to);
    }
    return to;
  }

  private static void failure(Failure failure, Peer.ForwardedOutcome.Builder to) {
    switch (failure) {
      case Failure.Unavailable(
              int needed,
              int reachable,
              boolean indeterminate,
              boolean ofOwners) ->
          to.getUnavailableBuilder()
              .setNeeded(needed)
              .setReachable(reachable)
              .setIndeterminate(indeterminate)
              .setOfOwners(ofOwners);
      case Failure.Timeout(int needed, int acked, int durable, boolean indeterminate) ->
          to.getTimeoutBuilder()
              .setNeeded(needed)
              .setAcked(acked)
              .setDurable(durable)
              .setIndeterminate(indeterminate);
      case Failure.TooLarge(int bytes, int limit) ->
          to.getTooLargeBuilder().setBytes(bytes).setLimit(limit);
      case Failure.TooManySiblings(int siblings, int bytes) ->
          to.getTooManySiblingsBuilder().setSiblings(siblings).setBytes(bytes);
      case Failure.Invalid(String reason) -> to.getInvalidBuilder().setReason(reason);
      case Failure.Overloaded() -> to.getOverloadedBuilder();
      case Failure.StorageFailed() -> to.getStorageFailedBuilder();
    }
  }

  private static int quorum(Quorum quorum) {
    return switch (quorum) {
      case Quorum.Exactly(int count) -> count;
      case Quorum.Symbolic(Quorum.Word word) ->
          switch (word) {
            case ONE -> QuorumCode.ONE;
            case QUORUM -> QuorumCode.QUORUM;
            case ALL -> QuorumCode.ALL;
            case DEFAULT -> QuorumCode.DEFAULT;
          };
    };
  }

  /** The empty set, which absent keys have, takes no bytes. */
  private static ByteString state(VersionSet state) {
    return state.isEmpty() ? ByteString.EMPTY : WireBytes.toWire(state.encoded());
  }

  static ByteString vector(VersionVector vector) {
    if (vector.isEmpty()) {
      return ByteString.EMPTY;
    }
    var to = new Encoder(vector.encodedLength());
    vector.encode(to);
    return WireBytes.toWire(to.toBytes());
  }
}
