package io.cartwheel.core.antientropy;

import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.item.ItemKey;
import io.cartwheel.core.membership.ClusterView;
import io.cartwheel.core.merkle.MerkleTree;
import io.cartwheel.core.merkle.TreeId;
import io.cartwheel.core.port.StorageEngine.Address;
import io.cartwheel.core.replica.RecordListener;
import io.cartwheel.core.ring.MemberId;
import io.cartwheel.core.version.VersionSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/**
 * The Merkle trees of a shard's partitions, kept up with every write once a {@link PartitionWalk}
 * has made them.
 *
 * <p>A partition's trees are vouched for or not: when the outcome of a write is not known they are
 * not, until they were made anew. Records that are kept for others only are in no tree.
 */
public final class Trees implements RecordListener {
  private final Supplier<ClusterView> view;
  private final IntConsumer doubted;
  private final Map<Integer, Partition> partitions = new LinkedHashMap<>();
  private int missing;

  private static final class Partition {
    private final Map<Integer, MerkleTree> byOwners = new LinkedHashMap<>();
    private boolean vouched;
    private Optional<PartitionWalk> walk = Optional.empty();

    MerkleTree tree(int owners) {
      return byOwners.computeIfAbsent(owners, _ -> new MerkleTree());
    }
  }

  /**
   * Trees that have yet to be made.
   *
   * @param own the shard's partitions
   * @param doubted hears of each partition whose trees are to be made anew
   */
  Trees(Supplier<ClusterView> view, List<Integer> own, IntConsumer doubted) {
    this.view = view;
    this.doubted = doubted;
    own.forEach(partition -> partitions.put(partition, new Partition()));
    missing = partitions.size();
  }

  List<Integer> partitions() {
    return List.copyOf(partitions.keySet());
  }

  /** The tree, if there is one to be vouched for. */
  Optional<MerkleTree> find(TreeId id) {
    Partition partition = partitions.get(id.partition());
    return partition == null || !partition.vouched
        ? Optional.empty()
        : Optional.of(partition.byOwners.getOrDefault(id.owners(), new MerkleTree()));
  }

  /** Whether this member is an owner of such keys, and there may be any by the bucket types. */
  boolean has(TreeId id) {
    return partitions.containsKey(id.partition())
        && treesOf(id.partition()).contains(id)
        && ownersOf(id).contains(view.get().self());
  }

  boolean isVouched(int partition) {
    Partition known = partitions.get(partition);
    return known != null && known.vouched;
  }

  /** How many partitions' trees have yet to be made. */
  int missing() {
    return missing;
  }

  boolean isWhole() {
    return missing == 0;
  }

  /** The trees that this member and another both have. */
  List<TreeId> sharedWith(MemberId other) {
    List<MemberId> both = List.of(view.get().self(), other);
    var shared = new ArrayList<TreeId>();
    for (int partition : partitions.keySet()) {
      treesOf(partition).stream()
          .filter(tree -> ownersOf(tree).containsAll(both))
          .forEach(shared::add);
    }
    return shared;
  }

  /** All trees of a partition, this member's or not: one for each number of owners. */
  private SortedSet<TreeId> treesOf(int partition) {
    ClusterView now = view.get();
    int most = now.ring().owners(partition).size();
    var trees = new TreeSet<TreeId>();
    now.types()
        .values()
        .forEach(type -> trees.add(new TreeId(partition, Math.min(type.n(), most))));
    return trees;
  }

  private List<MemberId> ownersOf(TreeId tree) {
    return view.get().ring().owners(tree.partition()).subList(0, tree.owners());
  }

  /** The tree that a key is in; empty if this member is none of its owners. */
  Optional<TreeId> treeOf(Address address) {
    List<MemberId> owners = view.get().primariesOf(address.key());
    return owners.contains(view.get().self())
        ? Optional.of(new TreeId(address.partition(), owners.size()))
        : Optional.empty();
  }

  boolean isIn(TreeId tree, ItemKey key) {
    return treeOf(new Address(tree.partition(), key)).equals(Optional.of(tree));
  }

  @Override
  public void changed(Address address, VersionSet before, VersionSet after) {
    Partition partition = partitions.get(address.partition());
    if (partition == null || before.equals(after)) {
      return;
    }
    if (partition.vouched) {
      treeOf(address)
          .ifPresent(id -> partition.tree(id.owners()).changed(address.key(), before, after));
    }
    partition.walk.ifPresent(walk -> walk.changed(address.key(), before, after));
  }

  @Override
  public void uncertain(Address address) {
    doubt(address.partition());
  }

  /** Vouches no more for a partition's trees. */
  void doubt(int number) {
    Partition partition = partitions.get(number);
    if (partition != null) {
      missing += partition.vouched ? 1 : 0;
      partition.vouched = false;
      partition.walk.ifPresent(PartitionWalk::giveUp);
      doubted.accept(number);
    }
  }

  /** Has the trees made anew beside those that there are, which are vouched for until then. */
  void check(int number) {
    doubted.accept(number);
  }

  /** Whether a key is one of a partition's, whatever tree it is in. */
  boolean isOf(int partition, ItemKey key) {
    return view.get().partitionOf(key) == partition;
  }

  /** The trees that are vouched for, by their partitions, in the form of {@link SavedTrees}. */
  SortedMap<Integer, Bytes> save(Bytes mark) {
    var form = new SavedTrees(view.get(), mark);
    var saved = new TreeMap<Integer, Bytes>();
    partitions.forEach((number, partition) -> {
      if (partition.vouched) {
        saved.put(number, form.encode(number, partition.byOwners));
      }
    });
    return saved;
  }

  /** Vouches for what was saved, but for what does not fit; the records are as they were then. */
  void restore(Bytes mark, SortedMap<Integer, Bytes> saved) {
    var form = new SavedTrees(view.get(), mark);
    partitions.forEach((number, partition) ->
        Optional.ofNullable(saved.get(number))
            .flatMap(trees -> form.decode(number, trees))
            .filter(_ -> !partition.vouched)
            .ifPresent(trees -> {
              partition.byOwners.putAll(trees);
              partition.vouched = true;
              missing--;
            }));
  }

  /** From now on the walk hears of the partition's writes too. */
  void began(int partition, PartitionWalk walk) {
    partition(partition).walk = Optional.of(walk);
  }

  /**
   * A walk has ended.
   *
   * @param made the trees that it made, by their owners; empty: none that could be vouched for
   * @return whether trees that were vouched for turned out to be others
   */
  boolean ended(int number, Optional<Map<Integer, MerkleTree>> made) {
    Partition partition = partition(number);
    partition.walk = Optional.empty();
    if (made.isEmpty()) {
      return false;
    }
    boolean others = partition.vouched && differ(partition, made.get());
    partition.byOwners.clear();
    partition.byOwners.putAll(made.get());
    missing -= partition.vouched ? 0 : 1;
    partition.vouched = true;
    return others;
  }

  private static boolean differ(Partition partition, Map<Integer, MerkleTree> made) {
    var sizes = new TreeSet<>(partition.byOwners.keySet());
    sizes.addAll(made.keySet());
    return sizes.stream()
        .anyMatch(owners -> {
          MerkleTree fresh = made.getOrDefault(owners, new MerkleTree());
          return !partition.tree(owners).root().equals(fresh.root());
        });
  }

  private Partition partition(int number) {
    return Optional.ofNullable(partitions.get(number)).orElseThrow();
  }

  static boolean isUpTo(ItemKey key, ItemKey last) {
    return key.encoded().compareTo(last.encoded()) <= 0;
  }
}
