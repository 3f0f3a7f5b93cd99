package io.cartwheel.core.merkle;

import static org.assertj.core.api.Assertions.assertThat;

import io.cartwheel.core.fixture.Drawn;
import io.cartwheel.core.item.Hash128;
import io.cartwheel.core.item.ItemKey;
import io.cartwheel.core.version.VersionSet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Dynamo §4.7: a tree tells what a replica holds, however it came to hold it. */
class MerkleTreeTest {
  private final SplittableRandom random = new SplittableRandom(7);

  @Test
  void nothingIsZeroUpToTheRoot() {
    var tree = new MerkleTree();
    assertThat(tree.root()).isEqualTo(MerkleTree.NOTHING);
    assertThat(tree.branches()).hasSize(MerkleTree.BRANCHES).containsOnly(MerkleTree.NOTHING);
    assertThat(tree.leaves(5))
        .hasSize(MerkleTree.LEAVES_PER_BRANCH)
        .containsOnly(MerkleTree.NOTHING);
  }

  @Test
  void aStateThatIsEmptyIsNotThere() {
    var tree = new MerkleTree();
    tree.changed(key(1), VersionSet.EMPTY, VersionSet.EMPTY);
    assertThat(tree.root()).isEqualTo(MerkleTree.NOTHING);
  }

  @Test
  void theSameKeysWithTheSameStatesHaveTheSameRootInWhateverOrderTheyCame() {
    Map<ItemKey, VersionSet> states = drawn(500);
    var keys = new ArrayList<>(states.keySet());
    MerkleTree one = treeOf(states, keys);
    Collections.shuffle(keys, new Random(3));
    assertThat(treeOf(states, keys).root()).isEqualTo(one.root());
  }

  @Test
  void changesLeadToTheSameTreeAsTheirOutcome() {
    Map<ItemKey, VersionSet> states = drawn(200);
    MerkleTree changed = treeOf(states, List.copyOf(states.keySet()));
    for (ItemKey key : List.copyOf(states.keySet())) {
      VersionSet before = states.getOrDefault(key, VersionSet.EMPTY);
      VersionSet after = random.nextInt(4) == 0 ? VersionSet.EMPTY : Drawn.state(random);
      changed.root();
      changed.changed(key, before, after);
      states.put(key, after);
    }
    MerkleTree fresh = treeOf(states, List.copyOf(states.keySet()));
    assertThat(changed.root()).isEqualTo(fresh.root());
    assertThat(changed.branches()).isEqualTo(fresh.branches());
  }

  @Test
  void whatIsTakenOutAgainLeavesNothing() {
    var tree = new MerkleTree();
    VersionSet state = Drawn.state(random);
    tree.changed(key(1), VersionSet.EMPTY, state);
    tree.changed(key(1), state, VersionSet.EMPTY);
    assertThat(tree.root()).isEqualTo(MerkleTree.NOTHING);
  }

  @Test
  void aDifferenceShowsInItsLeafItsBranchAndTheRootAndNowhereElse() {
    Map<ItemKey, VersionSet> states = drawn(300);
    MerkleTree one = treeOf(states, List.copyOf(states.keySet()));
    MerkleTree other = treeOf(states, List.copyOf(states.keySet()));
    ItemKey key = key(1_000_000);
    other.toggle(key, new Hash128(1, 2));

    int segment = MerkleTree.segmentOf(key);
    int branch = segment / MerkleTree.LEAVES_PER_BRANCH;
    assertThat(other.root()).isNotEqualTo(one.root());
    for (int i = 0; i < MerkleTree.BRANCHES; i++) {
      assertThat(other.branches().get(i).equals(one.branches().get(i))).isEqualTo(i != branch);
      for (int leaf = 0; leaf < MerkleTree.LEAVES_PER_BRANCH; leaf++) {
        boolean same = other.leaves(i).get(leaf).equals(one.leaves(i).get(leaf));
        assertThat(same).isEqualTo(i * MerkleTree.LEAVES_PER_BRANCH + leaf != segment);
      }
    }
  }

  @Test
  void oneStateUnderTwoKeysOfASegmentDoesNotVanish() {
    var tree = new MerkleTree();
    ItemKey first = key(1);
    ItemKey second = first;
    for (int i = 2; second == first; i++) {
      if (MerkleTree.segmentOf(key(i)) == MerkleTree.segmentOf(first)) {
        second = key(i);
      }
    }
    tree.toggle(first, new Hash128(1, 2));
    tree.toggle(second, new Hash128(1, 2));
    assertThat(tree.root()).isNotEqualTo(MerkleTree.NOTHING);
  }

  @Test
  void keysSpreadOverAllSegments() {
    var counts = new int[MerkleTree.SEGMENTS];
    for (int i = 0; i < 100 * MerkleTree.SEGMENTS; i++) {
      counts[MerkleTree.segmentOf(key(i))]++;
    }
    for (int count : counts) {
      assertThat(count).isBetween(40, 170);
    }
  }

  private Map<ItemKey, VersionSet> drawn(int count) {
    var states = new LinkedHashMap<ItemKey, VersionSet>();
    for (int i = 0; i < count; i++) {
      states.put(key(i), Drawn.state(random));
    }
    return states;
  }

  private static MerkleTree treeOf(Map<ItemKey, VersionSet> states, List<ItemKey> order) {
    var tree = new MerkleTree();
    order.forEach(
        key -> tree.changed(key, VersionSet.EMPTY, states.getOrDefault(key, VersionSet.EMPTY)));
    return tree;
  }

  private static ItemKey key(int number) {
    return ItemKey.of("carts", "k" + number);
  }
}
