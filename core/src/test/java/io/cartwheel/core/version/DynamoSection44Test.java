package io.cartwheel.core.version;

import static io.cartwheel.core.version.Versions.covering;
import static io.cartwheel.core.version.Versions.dot;
import static io.cartwheel.core.version.Versions.value;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What Dynamo §4.4 says of versions, claim by claim. */
class DynamoSection44Test {
  private static final long SX = 1;
  private static final long SY = 2;
  private static final long SZ = 3;

  private final VersionSet d1 = put(VersionSet.EMPTY, VersionSet.EMPTY, dot(SX, 1), "D1");
  private final VersionSet d2 = put(d1, d1, dot(SX, 2), "D2");
  private final VersionSet d3 = put(d2, d2, dot(SY, 1), "D3");
  private final VersionSet d4 = put(d2, d2, dot(SZ, 1), "D4");

  /** §4.4: each modification is a new and immutable version. */
  @Test
  void anUpdateLeavesTheOldVersionAsItWas() {
    VersionSet before = put(VersionSet.EMPTY, VersionSet.EMPTY, dot(SX, 1), "D1");

    assertThat(put(d1, d1, dot(SX, 2), "again")).isNotEqualTo(d1);
    assertThat(d1).isEqualTo(before);
  }

  /** §4.4: mostly, new versions subsume the previous ones, and the system itself can tell. */
  @Test
  void aVersionWrittenFromAnotherSubsumesItWhereverBothMeet() {
    assertThat(texts(d1.merge(d2))).containsExactly("D2");
    assertThat(texts(d2.merge(d1))).containsExactly("D2");
    assertThat(d2.clock()).isEqualTo(covering(dot(SX, 2)));
  }

  /** §4.4, Figure 3: D3 and D4 both come from D2; a node that gets both must keep both. */
  @Test
  void branchesOfOneVersionAreBothKept() {
    VersionSet both = d3.merge(d4);

    assertThat(texts(both)).containsExactly("D3", "D4");
    assertThat(both.clock()).isEqualTo(covering(dot(SX, 2), dot(SY, 1), dot(SZ, 1)));
    assertThat(texts(both.merge(d1).merge(d2))).containsExactly("D3", "D4");
  }

  /** §4.4, Figure 3: a client that read both branches and writes through Sx ends the conflict. */
  @Test
  void aWriteThatSawAllBranchesReconcilesThem() {
    VersionSet both = d3.merge(d4);

    VersionSet d5 = put(d2, both, dot(SX, 3), "D5");

    assertThat(d5.clock()).isEqualTo(covering(dot(SX, 3), dot(SY, 1), dot(SZ, 1)));
    assertThat(texts(d5.merge(d3).merge(d4))).containsExactly("D5");
    assertThat(texts(d3.merge(d5))).containsExactly("D5");
  }

  /** §4.4: a client that has seen one branch only leaves the other in conflict. */
  @Test
  void aWriteThatSawOneBranchLeavesTheOther() {
    VersionSet onlyD3 = put(d3.merge(d4), d3, dot(SX, 3), "D5");

    assertThat(texts(onlyD3)).containsExactly("D5", "D4");
  }

  /** §4.4: vector clocks. One branch is an ancestor if its counters are all covered. */
  @Test
  void causalOrderIsReadOffTheClocks() {
    assertThat(d2.clock().covers(d1.clock())).isTrue();
    assertThat(d1.clock().covers(d2.clock())).isFalse();
    assertThat(d3.clock().covers(d4.clock())).isFalse();
    assertThat(d4.clock().covers(d3.clock())).isFalse();
  }

  /**
   * Deviation from §4.4, where clients that race through one coordinator make one version of two or
   * conflicts of none: with dots, each conflict shows as it is, and no other.
   */
  @Test
  void clientsThatRaceThroughOneCoordinatorMakeExactlyTheirOwnSiblings() {
    VersionSet state = d1;
    for (int race = 0; race < 50; race++) {
      VersionSet read = state;
      state = put(state, read, dot(SX, 2 + 2 * race), "first");
      state = put(state, read, dot(SX, 3 + 2 * race), "second");
      assertThat(texts(state)).containsExactly("first", "second");
    }
  }

  /** A put at a replica with this state, by a client that was shown another. */
  private static VersionSet put(VersionSet at, VersionSet shown, Dot dot, String text) {
    return at.update(shown.clock(), new Sibling(dot, value(text)));
  }

  private static List<String> texts(VersionSet state) {
    return state.siblings().stream().map(live -> live.content().value().toUtf8()).toList();
  }
}
