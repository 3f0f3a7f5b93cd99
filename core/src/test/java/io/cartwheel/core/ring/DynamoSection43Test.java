package io.cartwheel.core.ring;

import static org.assertj.core.api.Assertions.assertThat;

import io.cartwheel.core.item.ItemKey;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What Dynamo §4.3 says of replication, claim by claim. */
class DynamoSection43Test {
  private static final int Q = 8;
  private static final int N = 3;
  private static final List<MemberId> NODES =
      List.of(new MemberId(1), new MemberId(2), new MemberId(3), new MemberId(4));

  private final Ring ring = EqualPartitions.ofGenesis(Q, NODES, N);

  /** §4.3: each item is at its coordinator and at the N-1 clockwise successors of that. */
  @Test
  void anItemIsHeldByTheNodeOfItsPositionAndItsSuccessors() {
    for (int partition = 0; partition < Q; partition++) {
      List<MemberId> primaries = ring.preferenceList(partition, N).primaries();
      assertThat(primaries)
          .containsExactly(
              tokenHolder(partition), tokenHolder(partition + 1), tokenHolder(partition + 2));
    }
  }

  /** §4.3: the preference list has more than N nodes, for when some fail. */
  @Test
  void thePreferenceListGoesOnPastTheReplicas() {
    assertThat(ring.preferenceList(5, N).members()).hasSize(NODES.size()).doesNotHaveDuplicates();
  }

  /** §4.3: positions of a node that is already in the list are skipped. */
  @Test
  void aPreferenceListHoldsDistinctNodesOnly() {
    var two = EqualPartitions.ofGenesis(Q, NODES.subList(0, 2), N);

    assertThat(two.preferenceList(0, N).members()).containsExactlyElementsOf(NODES.subList(0, 2));
    assertThat(two.preferenceList(1, N).members()).containsExactly(NODES.get(1), NODES.get(0));
  }

  /** §4.3: every node can tell which nodes are in the list of any key. */
  @Test
  void everyNodeComesToTheSameListByItself() {
    Ring elsewhere = EqualPartitions.ofGenesis(Q, NODES.reversed(), N);
    for (int i = 0; i < 1_000; i++) {
      RingPosition position = RingPosition.of(ItemKey.of("carts", "user" + i));
      assertThat(elsewhere.preferenceList(elsewhere.partitionOf(position), N))
          .isEqualTo(ring.preferenceList(ring.partitionOf(position), N));
    }
  }

  /** §6.2, strategy 3: the circle is cut into Q equal parts, and each node is given Q/S of them. */
  @Test
  void eachNodeHasItsShareOfThePartitions() {
    for (MemberId node : NODES) {
      assertThat(IntStream.range(0, Q).filter(p -> tokenHolder(p).equals(node)).count())
          .isEqualTo(Q / NODES.size());
    }
  }

  private MemberId tokenHolder(int partition) {
    return ring.owners(partition % Q).getFirst();
  }
}
