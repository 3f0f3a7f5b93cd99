package io.cartwheel.core.ring;

import java.util.List;

/**
 * All members in the order in which they are asked to hold a key: clockwise from its partition,
 * each once (Dynamo §4.3). The first are the primaries, the rest may stand in for them.
 *
 * @param partition the key's partition
 * @param version the version of the partition's list that this was made from
 * @param owners N: how many of the members are primaries; at least 1
 * @param members all members, distinct, in ring order
 */
public record PreferenceList(int partition, long version, int owners, List<MemberId> members) {
  public PreferenceList {
    if (owners < 1 || owners > members.size()) {
      throw new IllegalArgumentException(owners + " owners of " + members.size());
    }
  }

  /** The N members that hold the key when nothing fails. */
  public List<MemberId> primaries() {
    return members.subList(0, owners);
  }

  public boolean isPrimary(MemberId member) {
    return primaries().contains(member);
  }
}
