package io.cartwheel.transport.frame;

import com.google.protobuf.ByteString;
import io.cartwheel.core.item.Decoder;
import io.cartwheel.core.item.Encoder;
import io.cartwheel.core.item.Hash128;
import io.cartwheel.core.item.ItemKey;
import io.cartwheel.core.item.MalformedException;
import io.cartwheel.core.membership.Foreign;
import io.cartwheel.core.membership.Standing;
import io.cartwheel.core.message.Message;
import io.cartwheel.core.message.Message.Forgettable;
import io.cartwheel.core.ring.Ring;
import io.cartwheel.transport.wire.Peer;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** What barriers and forgetting say, written and read. */
final class BarrierFrames {
  /** As many keys as are asked for at once: what they take in memory is bounded so. */
  private static final int MAX_KEYS = 1_000;

  private static final int HELD_BYTES = 12;

  private BarrierFrames() {}

  static Peer.BarrierQuery.Builder encode(Message.BarrierQuery query) {
    return Peer.BarrierQuery.newBuilder()
        .setId(query.id())
        .setCurrent(query.current())
        .setRemembered(query.remembered())
        .setTimeoutMillis(query.timeoutMillis());
  }

  static Message decode(Peer.BarrierQuery wire) throws MalformedException {
    return new Message.BarrierQuery(
        wire.getId(),
        barrier(wire.getCurrent()),
        barrier(wire.getRemembered()),
        FrameDecoder.count(wire.getTimeoutMillis()));
  }

  static Peer.BarrierReport.Builder encode(Message.BarrierReport report) {
    Foreign foreign = report.standing().foreign();
    var last = new Encoder(foreign.last().size() * HELD_BYTES);
    foreign.last().forEach((partition, barrier) -> last.fixed32(partition).fixed64(barrier));
    return Peer.BarrierReport.newBuilder()
        .setId(report.id())
        .setCurrent(report.standing().current())
        .setReached(report.standing().reached())
        .setForeignAll(foreign.all())
        .setForeign(TreeFrames.wire(last))
        .setRemembered(report.remembered())
        .setStart(report.standing().start());
  }

  static Message decode(Peer.BarrierReport wire) throws MalformedException {
    Decoder from = TreeFrames.decoder(wire.getForeign());
    var last = new TreeMap<Integer, Long>();
    while (from.remaining() > 0) {
      int partition = partition(from);
      if (!last.isEmpty() && partition <= last.lastKey()) {
        throw new MalformedException("partitions out of order");
      }
      last.put(partition, barrier(from.fixed64()));
    }
    var standing =
        new Standing(
            wire.getStart(),
            barrier(wire.getCurrent()),
            barrier(wire.getReached()),
            new Foreign(barrier(wire.getForeignAll()), last));
    return new Message.BarrierReport(wire.getId(), standing, barrier(wire.getRemembered()));
  }

  static Peer.ConfirmForgettable.Builder encode(Message.ConfirmForgettable asked) {
    return Peer.ConfirmForgettable.newBuilder()
        .setId(asked.id())
        .setPartition(asked.tree().partition())
        .setOwners(asked.tree().owners())
        .setKeys(keys(asked.keys()))
        .setTimeoutMillis(asked.timeoutMillis());
  }

  static Message decode(Peer.ConfirmForgettable wire) throws MalformedException {
    return new Message.ConfirmForgettable(
        wire.getId(),
        TreeFrames.tree(wire.getPartition(), wire.getOwners()),
        keys(wire.getKeys()),
        FrameDecoder.count(wire.getTimeoutMillis()));
  }

  static Peer.ForgettableConfirmed.Builder encode(Message.ForgettableConfirmed reply) {
    var confirmed = new Encoder(reply.confirmed().size());
    reply.confirmed().forEach(each -> confirmed.u8(each ? 1 : 0));
    return Peer.ForgettableConfirmed.newBuilder()
        .setId(reply.id())
        .setConfirmed(TreeFrames.wire(confirmed))
        .setStart(reply.start())
        .setReached(reply.reached());
  }

  static Message decode(Peer.ForgettableConfirmed wire) throws MalformedException {
    if (wire.getConfirmed().size() > MAX_KEYS) {
      throw new MalformedException(wire.getConfirmed().size() + " keys confirmed");
    }
    var confirmed = new ArrayList<Boolean>(wire.getConfirmed().size());
    for (byte each : wire.getConfirmed()) {
      if (each != 0 && each != 1) {
        throw new MalformedException("neither confirmed nor not");
      }
      confirmed.add(each == 1);
    }
    return new Message.ForgettableConfirmed(
        wire.getId(), confirmed, wire.getStart(), barrier(wire.getReached()));
  }

  static Peer.Forget.Builder encode(Message.Forget asked) {
    return Peer.Forget.newBuilder()
        .setId(asked.id())
        .setPartition(asked.tree().partition())
        .setOwners(asked.tree().owners())
        .setKeys(keys(asked.keys()))
        .setProof(asked.proof())
        .setTimeoutMillis(asked.timeoutMillis());
  }

  static Message decode(Peer.Forget wire) throws MalformedException {
    return new Message.Forget(
        wire.getId(),
        TreeFrames.tree(wire.getPartition(), wire.getOwners()),
        keys(wire.getKeys()),
        barrier(wire.getProof()),
        FrameDecoder.count(wire.getTimeoutMillis()));
  }

  static Message decode(Peer.Forgot wire) throws MalformedException {
    return new Message.Forgot(wire.getId(), FrameDecoder.count(wire.getKeys()));
  }

  static Peer.ForgotQuery.Builder encode(Message.ForgotQuery query) {
    return Peer.ForgotQuery.newBuilder()
        .setId(query.id())
        .setCopyReached(query.copyReached())
        .setTimeoutMillis(query.timeoutMillis());
  }

  static Message decode(Peer.ForgotQuery wire) throws MalformedException {
    return new Message.ForgotQuery(
        wire.getId(), barrier(wire.getCopyReached()), FrameDecoder.count(wire.getTimeoutMillis()));
  }

  static Peer.ForgotReport.Builder encode(Message.ForgotReport report) {
    var partitions = new Encoder(report.partitions().size() * Integer.BYTES);
    report.partitions().forEach(partitions::fixed32);
    return Peer.ForgotReport.newBuilder()
        .setId(report.id())
        .setPartitions(TreeFrames.wire(partitions));
  }

  static Message decode(Peer.ForgotReport wire) throws MalformedException {
    Decoder from = TreeFrames.decoder(wire.getPartitions());
    var partitions = new ArrayList<Integer>(wire.getPartitions().size() / Integer.BYTES);
    while (from.remaining() > 0) {
      int partition = partition(from);
      if (!partitions.isEmpty() && partition <= partitions.getLast()) {
        throw new MalformedException("partitions out of order");
      }
      partitions.add(partition);
    }
    return new Message.ForgotReport(wire.getId(), partitions);
  }

  private static ByteString keys(List<Forgettable> keys) {
    var to = new Encoder(keys.size() * 3 * Hash128.BYTES);
    for (Forgettable each : keys) {
      to.raw(each.key().encoded());
      each.state().encode(to);
      each.remains().encode(to);
    }
    return TreeFrames.wire(to);
  }

  private static List<Forgettable> keys(ByteString wire) throws MalformedException {
    Decoder from = TreeFrames.decoder(wire);
    var keys = new ArrayList<Forgettable>();
    while (from.remaining() > 0) {
      if (keys.size() == MAX_KEYS) {
        throw new MalformedException("more keys than are asked for at once");
      }
      keys.add(new Forgettable(ItemKey.decode(from), Hash128.decode(from), Hash128.decode(from)));
    }
    if (keys.isEmpty()) {
      throw new MalformedException("no keys");
    }
    return keys;
  }

  /** Barriers rise by one each: so high is none, and arithmetic with them stays sound. */
  private static long barrier(long wire) throws MalformedException {
    if (wire < 0 || wire > Long.MAX_VALUE / 2) {
      throw new MalformedException("a barrier that there can't be");
    }
    return wire;
  }

  private static int partition(Decoder from) throws MalformedException {
    int partition = from.fixed32();
    if (partition < 0 || partition >= Ring.MAX_PARTITIONS) {
      throw new MalformedException("a partition that there can't be");
    }
    return partition;
  }
}
