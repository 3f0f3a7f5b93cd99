package io.cartwheel.transport.frame;

import com.google.protobuf.ByteString;
import io.cartwheel.core.bucket.Quorum;
import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.item.Decoder;
import io.cartwheel.core.item.Encoder;
import io.cartwheel.core.item.Hash128;
import io.cartwheel.core.item.ItemKey;
import io.cartwheel.core.item.MalformedException;
import io.cartwheel.core.merkle.MerkleTree;
import io.cartwheel.core.merkle.Segments;
import io.cartwheel.core.merkle.TreeId;
import io.cartwheel.core.message.KeyDigests;
import io.cartwheel.core.message.Message;
import io.cartwheel.core.message.Message.BranchLeaves;
import io.cartwheel.core.message.Message.Likeness;
import io.cartwheel.core.message.Message.TreeRoot;
import io.cartwheel.core.ring.Ring;
import io.cartwheel.transport.wire.Peer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The packed lists of anti-entropy's frames, written and read. */
final class TreeFrames {
  private static final int ROOT_BYTES = 5 + Hash128.BYTES;
  private static final int BRANCH_BYTES = 1 + MerkleTree.LEAVES_PER_BRANCH * Hash128.BYTES;

  private TreeFrames() {}

  static Peer.CompareRoots.Builder encode(Message.CompareRoots message) {
    var trees = new Encoder(message.trees().size() * ROOT_BYTES);
    for (TreeRoot each : message.trees()) {
      trees.fixed32(each.tree().partition()).u8(each.tree().owners());
      each.root().encode(trees);
    }
    return Peer.CompareRoots.newBuilder()
        .setId(message.id())
        .setTrees(wire(trees))
        .setTimeoutMillis(message.timeoutMillis());
  }

  static Message decode(Peer.CompareRoots wire) throws MalformedException {
    int count = limited(wire.getTrees().size() / ROOT_BYTES);
    Decoder from = decoder(wire.getTrees());
    var trees = new ArrayList<TreeRoot>(count);
    while (from.remaining() > 0) {
      TreeId tree = tree(from.fixed32(), from.u8());
      trees.add(new TreeRoot(tree, Hash128.decode(from)));
    }
    if (trees.isEmpty()) {
      throw new MalformedException("roots of no tree");
    }
    return new Message.CompareRoots(
        wire.getId(), trees, FrameDecoder.count(wire.getTimeoutMillis()));
  }

  static Peer.RootsCompared.Builder encode(Message.RootsCompared message) {
    var likeness = new Encoder(message.trees().size());
    message.trees().forEach(each -> likeness.u8(code(each)));
    return Peer.RootsCompared.newBuilder().setId(message.id()).setLikeness(wire(likeness));
  }

  private static int code(Likeness likeness) {
    return switch (likeness) {
      case SAME -> 1;
      case DIFFERENT -> 2;
      case NOT_READY -> 3;
      case NOT_SHARED -> 4;
    };
  }

  static Message decode(Peer.RootsCompared wire) throws MalformedException {
    int count = limited(wire.getLikeness().size());
    Decoder from = decoder(wire.getLikeness());
    var trees = new ArrayList<Likeness>(count);
    while (from.remaining() > 0) {
      trees.add(
          switch (from.u8()) {
            case 1 -> Likeness.SAME;
            case 2 -> Likeness.DIFFERENT;
            case 3 -> Likeness.NOT_READY;
            case 4 -> Likeness.NOT_SHARED;
            default -> throw new MalformedException("an unknown likeness");
          });
    }
    return new Message.RootsCompared(wire.getId(), trees);
  }

  /** Many are asked for in many questions. */
  private static int limited(int trees) throws MalformedException {
    if (trees > Message.CompareRoots.MAX_TREES) {
      throw new MalformedException(trees + " trees in one question");
    }
    return trees;
  }

  static Peer.CompareBranches.Builder encode(Message.CompareBranches message) {
    return Peer.CompareBranches.newBuilder()
        .setId(message.id())
        .setPartition(message.tree().partition())
        .setOwners(message.tree().owners())
        .setBranches(wire(hashes(message.branches())))
        .setTimeoutMillis(message.timeoutMillis());
  }

  static Message decode(Peer.CompareBranches wire) throws MalformedException {
    Decoder from = decoder(wire.getBranches());
    List<Hash128> branches = hashes(from, MerkleTree.BRANCHES);
    from.end();
    return new Message.CompareBranches(
        wire.getId(),
        tree(wire.getPartition(), wire.getOwners()),
        branches,
        FrameDecoder.count(wire.getTimeoutMillis()));
  }

  static Peer.BranchesCompared.Builder encode(Message.BranchesCompared message) {
    var differing = new Encoder(message.differing().size() * BRANCH_BYTES);
    for (BranchLeaves branch : message.differing()) {
      differing.u8(branch.number()).raw(hashes(branch.leaves()).toBytes());
    }
    return Peer.BranchesCompared.newBuilder().setId(message.id()).setDiffering(wire(differing));
  }

  static Message decode(Peer.BranchesCompared wire) throws MalformedException {
    Decoder from = decoder(wire.getDiffering());
    var differing = new ArrayList<BranchLeaves>();
    int last = -1;
    while (from.remaining() > 0) {
      int number = from.u8();
      if (number <= last || number >= MerkleTree.BRANCHES) {
        throw new MalformedException("branches out of order");
      }
      differing.add(new BranchLeaves(number, hashes(from, MerkleTree.LEAVES_PER_BRANCH)));
      last = number;
    }
    return new Message.BranchesCompared(wire.getId(), differing);
  }

  static Peer.ListKeys.Builder encode(Message.ListKeys message) {
    return Peer.ListKeys.newBuilder()
        .setId(message.id())
        .setPartition(message.tree().partition())
        .setOwners(message.tree().owners())
        .setSegments(WireBytes.toWire(message.segments().encoded()))
        .setAfter(key(message.after()))
        .setTimeoutMillis(message.timeoutMillis());
  }

  static Message decode(Peer.ListKeys wire) throws MalformedException {
    return new Message.ListKeys(
        wire.getId(),
        tree(wire.getPartition(), wire.getOwners()),
        Segments.decode(WireBytes.fromWire(wire.getSegments())),
        key(wire.getAfter()),
        FrameDecoder.count(wire.getTimeoutMillis()));
  }

  static Peer.KeysListed.Builder encode(Message.KeysListed message) {
    return Peer.KeysListed.newBuilder()
        .setId(message.id())
        .setKeys(WireBytes.toWire(message.keys().encoded()))
        .setUpTo(key(message.upTo()));
  }

  static Message decode(Peer.KeysListed wire) throws MalformedException {
    KeyDigests keys = KeyDigests.decode(WireBytes.fromWire(wire.getKeys()));
    return new Message.KeysListed(wire.getId(), keys, key(wire.getUpTo()));
  }

  static Peer.RepairQuery.Builder encode(Message.RepairQuery message) {
    return Peer.RepairQuery.newBuilder()
        .setId(message.id())
        .setStart(message.start())
        .setTimeoutMillis(message.timeoutMillis());
  }

  static Message decode(Peer.RepairQuery wire) throws MalformedException {
    int timeoutMillis = FrameDecoder.count(wire.getTimeoutMillis());
    return new Message.RepairQuery(wire.getId(), wire.getStart(), timeoutMillis);
  }

  static Peer.RepairReport.Builder encode(Message.RepairReport message) {
    return Peer.RepairReport.newBuilder()
        .setId(message.id())
        .setInSync(message.state().inSync())
        .setDiffering(message.state().differing())
        .setRepaired(message.state().repaired());
  }

  static Message decode(Peer.RepairReport wire) {
    var state = new Message.RepairState(wire.getInSync(), wire.getDiffering(), wire.getRepaired());
    return new Message.RepairReport(wire.getId(), state);
  }

  static TreeId tree(int partition, int owners) throws MalformedException {
    if (partition < 0 || partition >= Ring.MAX_PARTITIONS || owners < 1 || owners > Quorum.MAX) {
      throw new MalformedException("a tree that there can't be");
    }
    return new TreeId(partition, owners);
  }

  private static Encoder hashes(List<Hash128> hashes) {
    var to = new Encoder(hashes.size() * Hash128.BYTES);
    hashes.forEach(each -> each.encode(to));
    return to;
  }

  private static List<Hash128> hashes(Decoder from, int count) throws MalformedException {
    var hashes = new ArrayList<Hash128>(count);
    for (int i = 0; i < count; i++) {
      hashes.add(Hash128.decode(from));
    }
    return hashes;
  }

  private static ByteString key(Optional<ItemKey> key) {
    return WireBytes.toWire(key.map(ItemKey::encoded).orElse(Bytes.EMPTY));
  }

  private static Optional<ItemKey> key(ByteString wire) throws MalformedException {
    return wire.isEmpty() ? Optional.empty() : Optional.of(FrameDecoder.key(wire));
  }

  static ByteString wire(Encoder encoded) {
    return WireBytes.toWire(encoded.toBytes());
  }

  static Decoder decoder(ByteString wire) {
    return new Decoder(WireBytes.fromWire(wire));
  }
}
