package io.cartwheel.core.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Strategy 3 of Dynamo §6.2, over all Q to 1024, S to 40 and N to 7. */
class EqualPartitionsTest {
  private static final int MOST_PARTITIONS = 1024;
  private static final int MOST_MEMBERS = 40;
  private static final int MOST_OWNERS = 7;

  @Test
  void everyRingOfDistinctMembersIsSoundAndEven() {
    for (int q = 1; q <= MOST_PARTITIONS; q *= 2) {
      for (int s = 1; s <= Math.min(q, MOST_MEMBERS); s++) {
        List<MemberId> members = members(s);
        for (int n = 1; n <= MOST_OWNERS; n++) {
          Ring ring = EqualPartitions.ofGenesis(q, members, n);
          String ringName = "Q=" + q + " S=" + s + " N=" + n;
          for (int partition = 0; partition < q; partition++) {
            checkPreferenceList(ring.preferenceList(partition, n), n, s, ringName);
          }
          checkShares(ring, n, s, ringName);
        }
      }
    }
  }

  /** Each partition has min(N, S) distinct primaries, and then every other member once. */
  private static void checkPreferenceList(PreferenceList list, int n, int s, String ringName) {
    assertEquals(Math.min(n, s), list.owners(), ringName);
    assertEquals(s, list.members().size(), ringName);
    var met = new boolean[s];
    for (MemberId member : list.members()) {
      assertFalse(met[index(member)], ringName);
      met[index(member)] = true;
    }
  }

  /**
   * Members differ by one token at most (Q/S tokens each), and by N copies of partitions at most;
   * where a share is 20 N copies or more, that is within 5 %.
   */
  private static void checkShares(Ring ring, int n, int s, String ringName) {
    var tokens = new int[s];
    var copies = new int[s];
    for (int partition = 0; partition < ring.partitions(); partition++) {
      tokens[index(ring.owners(partition).getFirst())]++;
      ring.owners(partition).forEach(owner -> copies[index(owner)]++);
    }
    assertTrue(spread(tokens) <= 1, ringName);
    assertTrue(spread(copies) <= Math.min(n, s), ringName);
  }

  /** Dynamo §4.3: the next distinct nodes clockwise, over the end of the circle as well. */
  @Test
  void ownersAreTheTokenHoldersMetGoingClockwise() {
    for (int s = 1; s <= MOST_MEMBERS; s++) {
      Ring ring = EqualPartitions.ofGenesis(64, members(s), 3);
      for (int partition = 0; partition < 64; partition++) {
        var met = new LinkedHashSet<MemberId>();
        for (int step = 0; met.size() < Math.min(3, s); step++) {
          met.add(ring.owners((partition + step) % 64).getFirst());
        }
        assertEquals(List.copyOf(met), ring.owners(partition));
      }
    }
  }

  @Test
  void theOrderInWhichMembersAreNamedDoesNotMatter() {
    List<MemberId> members = members(7);
    var shuffled = new ArrayList<>(members);
    Ring ring = EqualPartitions.ofGenesis(64, members, 3);
    var random = new Random(1);
    for (int i = 0; i < 20; i++) {
      Collections.shuffle(shuffled, random);
      Ring again = EqualPartitions.ofGenesis(64, shuffled, 3);
      for (int partition = 0; partition < 64; partition++) {
        assertThat(again.preferenceList(partition, 3)).isEqualTo(ring.preferenceList(partition, 3));
      }
    }
  }

  /**
   * Riak's claim gave the last partitions of a ring of 16 to 5 nodes such that the walk over its
   * end met a node twice.
   */
  @Test
  void riaksClaimTailOfSixteenPartitionsAndFiveNodesHasThreeDistinctOwnersEverywhere() {
    Ring ring = EqualPartitions.ofGenesis(16, members(5), 3);
    for (int partition = 0; partition < 16; partition++) {
      assertThat(ring.owners(partition)).hasSize(3).doesNotHaveDuplicates();
    }
    List<MemberId> members = members(5);
    assertThat(ring.owners(14)).containsExactly(members.get(4), members.get(0), members.get(1));
    assertThat(ring.owners(15)).containsExactly(members.get(0), members.get(1), members.get(2));
  }

  @Test
  void moreMembersThanPartitionsAreRefused() {
    assertThatThrownBy(() -> EqualPartitions.ofGenesis(4, members(5), 3))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static List<MemberId> members(int count) {
    return LongStream.rangeClosed(1, count).mapToObj(MemberId::new).toList();
  }

  private static int spread(int[] counts) {
    return IntStream.of(counts).max().orElseThrow() - IntStream.of(counts).min().orElseThrow();
  }

  private static int index(MemberId member) {
    return (int) member.value() - 1;
  }
}
