package io.cartwheel.core.merkle;

/**
 * Which keys a tree is of: those of a partition whose types have so many replicas, since they have
 * the same owners.
 *
 * @param partition 0 to Q - 1
 * @param owners how many, the first so many of the partition's list
 */
public record TreeId(int partition, int owners) implements Comparable<TreeId> {
  @Override
  public int compareTo(TreeId that) {
    int byPartition = Integer.compare(partition, that.partition);
    return byPartition != 0 ? byPartition : Integer.compare(owners, that.owners);
  }
}
