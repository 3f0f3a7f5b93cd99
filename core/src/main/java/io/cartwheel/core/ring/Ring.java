package io.cartwheel.core.ring;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Who serves what: for each of Q equal partitions the ordered list of its owners.
 *
 * <p>The lists are explicit: they are what serves, and change only as a whole value with a higher
 * version. {@link EqualPartitions} makes the first ones. Immutable.
 */
public final class Ring {
  public static final int MAX_PARTITIONS = 1 << 16;

  private final long version;
  private final List<List<MemberId>> owners;
  private final List<List<MemberId>> walks;
  private final SortedSet<MemberId> members;

  /**
   * A ring of these lists.
   *
   * @param version rises with each change of any list
   * @param owners per partition its distinct owners in order, the first of them the token's holder;
   *     Q lists, a power of two
   */
  public Ring(long version, List<List<MemberId>> owners) {
    if (!isPartitionCount(owners.size())) {
      throw new IllegalArgumentException(owners.size() + " partitions: not a power of two");
    }
    for (List<MemberId> list : owners) {
      if (list.isEmpty() || list.stream().distinct().count() != list.size()) {
        throw new IllegalArgumentException("a list is empty or names a member twice");
      }
    }
    this.version = version;
    this.owners = owners.stream().map(List::copyOf).toList();
    var all = new TreeSet<MemberId>();
    owners.forEach(all::addAll);
    members = Collections.unmodifiableSortedSet(all);
    var extended = new ArrayList<List<MemberId>>(owners.size());
    for (int partition = 0; partition < owners.size(); partition++) {
      extended.add(walkFrom(partition));
    }
    walks = List.copyOf(extended);
  }

  public static boolean isPartitionCount(int count) {
    return count > 0 && count <= MAX_PARTITIONS && Integer.bitCount(count) == 1;
  }

  public long version() {
    return version;
  }

  /** Q. */
  public int partitions() {
    return owners.size();
  }

  /** The owners of a partition in order. */
  public List<MemberId> owners(int partition) {
    return owners.get(partition);
  }

  /** All members that own anything. */
  public SortedSet<MemberId> members() {
    return members;
  }

  public int partitionOf(RingPosition position) {
    return position.partitionOf(partitions());
  }

  /**
   * The members to ask for keys of a partition.
   *
   * @param n the bucket type's number of replicas; fewer are had when the list is shorter
   */
  public PreferenceList preferenceList(int partition, int n) {
    int primaries = Math.min(n, owners.get(partition).size());
    return new PreferenceList(partition, version, primaries, walks.get(partition));
  }

  /** The partition's owners, then everybody else as met going clockwise. */
  private List<MemberId> walkFrom(int partition) {
    var walk = new LinkedHashSet<>(owners.get(partition));
    for (int step = 1; step < partitions() && walk.size() < members.size(); step++) {
      walk.add(owners.get((partition + step) % partitions()).getFirst());
    }
    walk.addAll(members);
    return List.copyOf(walk);
  }
}
