package io.cartwheel.core.ring;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * Strategy 3 of Dynamo §6.2: Q equal partitions, Q/S tokens per member.
 *
 * <p>Tokens are dealt in turns, so members differ by one token at most, and successive tokens
 * belong to different members; a partition's owners are met by walking clockwise from it.
 */
public final class EqualPartitions {
  private EqualPartitions() {}

  /**
   * The ring of a cluster's first members.
   *
   * @param partitions Q, a power of two, at least the number of members
   * @param members distinct, at least one; their order does not matter
   * @param n how many owners each partition gets, as far as there are members
   */
  public static Ring ofGenesis(int partitions, List<MemberId> members, int n) {
    if (members.size() > partitions) {
      throw new IllegalArgumentException(
          members.size() + " members share " + partitions + " partitions: some would own none");
    }
    List<MemberId> turns = members.stream().sorted().toList();
    int owners = Math.min(n, turns.size());
    var lists = new ArrayList<List<MemberId>>(partitions);
    for (int partition = 0; partition < partitions; partition++) {
      lists.add(walk(partition, partitions, turns, owners));
    }
    return new Ring(1, lists);
  }

  private static List<MemberId> walk(int from, int partitions, List<MemberId> turns, int owners) {
    var list = new LinkedHashSet<MemberId>();
    for (int step = 0; list.size() < owners; step++) {
      list.add(turns.get((from + step) % partitions % turns.size()));
    }
    return List.copyOf(list);
  }
}
