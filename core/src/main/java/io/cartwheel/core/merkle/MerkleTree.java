package io.cartwheel.core.merkle;

import io.cartwheel.core.item.Decoder;
import io.cartwheel.core.item.Encoder;
import io.cartwheel.core.item.Hash128;
import io.cartwheel.core.item.ItemKey;
import io.cartwheel.core.item.MalformedException;
import io.cartwheel.core.version.VersionSet;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one replica holds of a partition, as hashes: a root over 32 branches, each over the leaves
 * of 32 segments (Dynamo §4.7).
 *
 * <p>A key belongs to the segment that its MD5 ends in. A leaf is the exclusive or of the hashes of
 * its keys with their states, so that a change takes the old state out and puts the new one in,
 * with no look at the other keys; branches and the root are hashes of what is below them. What
 * holds nothing is zero. Branches that hold nothing take no memory.
 */
public final class MerkleTree {
  public static final int BRANCHES = 32;
  public static final int LEAVES_PER_BRANCH = 32;
  public static final int SEGMENTS = BRANCHES * LEAVES_PER_BRANCH;
  public static final Hash128 NOTHING = new Hash128(0, 0);

  private final Branch[] branches = new Branch[BRANCHES];
  private @Nullable Hash128 root;

  private static final class Branch {
    private final long[] leaves = new long[2 * LEAVES_PER_BRANCH];
    private @Nullable Hash128 hash;

    static Branch decode(Decoder from) throws MalformedException {
      var branch = new Branch();
      for (int i = 0; i < branch.leaves.length; i++) {
        branch.leaves[i] = from.fixed64();
      }
      return branch;
    }

    void toggle(int leaf, Hash128 entry) {
      leaves[2 * leaf] ^= entry.high();
      leaves[2 * leaf + 1] ^= entry.low();
      hash = null;
    }

    Hash128 leaf(int leaf) {
      return new Hash128(leaves[2 * leaf], leaves[2 * leaf + 1]);
    }

    Hash128 hash() {
      Hash128 known = hash;
      if (known == null) {
        known = hashOf(leaves());
        hash = known;
      }
      return known;
    }

    List<Hash128> leaves() {
      var all = new ArrayList<Hash128>(LEAVES_PER_BRANCH);
      for (int leaf = 0; leaf < LEAVES_PER_BRANCH; leaf++) {
        all.add(leaf(leaf));
      }
      return all;
    }
  }

  public static int segmentOf(ItemKey key) {
    return (int) (key.md5().low() & SEGMENTS - 1);
  }

  /** The key has another state now; an empty one is none. */
  public void changed(ItemKey key, VersionSet before, VersionSet after) {
    toggle(key, before);
    toggle(key, after);
  }

  private void toggle(ItemKey key, VersionSet state) {
    if (!state.isEmpty()) {
      toggle(key, state.hash());
    }
  }

  /** Puts a key with a state of this hash in, or takes it out. */
  public void toggle(ItemKey key, Hash128 state) {
    int segment = segmentOf(key);
    int number = segment / LEAVES_PER_BRANCH;
    @Nullable Branch branch = branches[number];
    if (branch == null) {
      branch = new Branch();
      branches[number] = branch;
    }
    branch.toggle(segment % LEAVES_PER_BRANCH, entry(key, state));
    root = null;
  }

  private static Hash128 entry(ItemKey key, Hash128 state) {
    var to = new Encoder(2 * Hash128.BYTES);
    key.md5().encode(to);
    state.encode(to);
    return to.toBytes().hash();
  }

  public Hash128 root() {
    Hash128 known = root;
    if (known == null) {
      known = hashOf(branches());
      root = known;
    }
    return known;
  }

  /** The hashes of all branches in order. */
  public List<Hash128> branches() {
    var all = new ArrayList<Hash128>(BRANCHES);
    for (@Nullable Branch branch : branches) {
      all.add(branch == null ? NOTHING : branch.hash());
    }
    return all;
  }

  /** What one segment holds. */
  public Hash128 leaf(int segment) {
    @Nullable Branch branch = branches[segment / LEAVES_PER_BRANCH];
    return branch == null ? NOTHING : branch.leaf(segment % LEAVES_PER_BRANCH);
  }

  /** The leaves of one branch in order. */
  public List<Hash128> leaves(int number) {
    @Nullable Branch branch = branches[number];
    return (branch == null ? new Branch() : branch).leaves();
  }

  /** Writes which branches hold anything (a bit each), and the leaves of those. */
  public void encode(Encoder to) {
    int present = 0;
    for (int number = 0; number < BRANCHES; number++) {
      present |= branches[number] == null ? 0 : 1 << number;
    }
    to.fixed32(present);
    for (@Nullable Branch branch : branches) {
      if (branch != null) {
        branch.leaves().forEach(leaf -> leaf.encode(to));
      }
    }
  }

  /** Reads what {@link #encode} wrote. */
  public static MerkleTree decode(Decoder from) throws MalformedException {
    var tree = new MerkleTree();
    int present = from.fixed32();
    for (int number = 0; number < BRANCHES; number++) {
      if ((present & 1 << number) != 0) {
        tree.branches[number] = Branch.decode(from);
      }
    }
    return tree;
  }

  private static Hash128 hashOf(List<Hash128> below) {
    if (below.stream().allMatch(NOTHING::equals)) {
      return NOTHING;
    }
    var to = new Encoder(below.size() * Hash128.BYTES);
    below.forEach(each -> each.encode(to));
    return to.toBytes().hash();
  }
}
