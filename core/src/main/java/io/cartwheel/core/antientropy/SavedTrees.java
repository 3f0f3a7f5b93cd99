package io.cartwheel.core.antientropy;

import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.item.Decoder;
import io.cartwheel.core.item.Encoder;
import io.cartwheel.core.item.Hash128;
import io.cartwheel.core.item.MalformedException;
import io.cartwheel.core.membership.ClusterView;
import io.cartwheel.core.merkle.MerkleTree;
import io.cartwheel.core.ring.MemberId;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A partition's trees in the form in which they outlive a clean stop, together with what they are
 * of: whatever has changed since makes them nobody's.
 */
final class SavedTrees {
  private static final int FORMAT = 1;

  private final ClusterView view;
  private final Bytes mark;

  /**
   * Of a member as it is now.
   *
   * @param mark names the records on the disk, as they are now
   */
  SavedTrees(ClusterView view, Bytes mark) {
    this.view = view;
    this.mark = mark;
  }

  /**
   * Writes.
   *
   * @param trees by the number of their owners
   */
  Bytes encode(int partition, Map<Integer, MerkleTree> trees) {
    var to = new Encoder(1 << 10).u8(FORMAT);
    binding(partition).encode(to);
    to.varint(trees.size());
    trees.forEach((owners, tree) -> {
      to.varint(owners);
      tree.encode(to);
    });
    return to.fixed32(to.toBytes().checksum()).toBytes();
  }

  /** Reads; empty if they are damaged, or of anything else than what there is now. */
  Optional<Map<Integer, MerkleTree>> decode(int partition, Bytes saved) {
    try {
      return Optional.of(read(partition, saved));
    } catch (MalformedException _) {
      return Optional.empty();
    }
  }

  private Map<Integer, MerkleTree> read(int partition, Bytes saved) throws MalformedException {
    int end = Math.max(0, saved.length() - Integer.BYTES);
    Bytes body = saved.slice(0, end);
    if (new Decoder(saved.slice(end, saved.length())).fixed32() != body.checksum()) {
      throw new MalformedException("damaged trees");
    }
    var from = new Decoder(body);
    if (from.u8() != FORMAT || !Hash128.decode(from).equals(binding(partition))) {
      throw new MalformedException("trees of something else");
    }
    var trees = new TreeMap<Integer, MerkleTree>();
    for (int left = from.count(1); left > 0; left--) {
      trees.put((int) from.varint(), MerkleTree.decode(from));
    }
    from.end();
    return trees;
  }

  /** What decides which key is in which tree, and which records those are. */
  private Hash128 binding(int partition) {
    var to = new Encoder(1 << 8).fixed64(view.clusterId()).fixed64(view.self().value());
    to.varint(view.ring().partitions()).varint(partition);
    view.ring().owners(partition).stream().map(MemberId::value).forEach(to::fixed64);
    to.varint(view.types().size());
    view.types().forEach((name, type) -> to.bytes(name).varint(type.n()));
    return to.bytes(mark).toBytes().hash();
  }
}
