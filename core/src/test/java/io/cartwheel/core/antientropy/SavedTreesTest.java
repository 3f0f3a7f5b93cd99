package io.cartwheel.core.antientropy;

import static org.assertj.core.api.Assertions.assertThat;

import io.cartwheel.core.bucket.BucketType;
import io.cartwheel.core.fixture.Drawn;
import io.cartwheel.core.fixture.HostileBytes;
import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.item.ItemKey;
import io.cartwheel.core.membership.ClusterView;
import io.cartwheel.core.merkle.MerkleTree;
import io.cartwheel.core.port.StorageEngine.Address;
import io.cartwheel.core.ring.MemberId;
import io.cartwheel.core.ring.Ring;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Trees that outlive a stop, and what may not be taken for them. */
class SavedTreesTest {
  private static final MemberId A = new MemberId(1);
  private static final MemberId B = new MemberId(2);
  private static final Bytes MARK = Bytes.utf8("records");

  private static ClusterView view(long cluster, MemberId self, int partitions, int n) {
    var types = new TreeMap<Bytes, BucketType>();
    BucketType like = BucketType.byDefault();
    types.put(
        Bytes.utf8("default"),
        new BucketType("default", n, like.quorums(), like.policy(), like.fanout(), like.limits()));
    var owners = IntStream.range(0, partitions).mapToObj(_ -> List.of(A, B)).toList();
    return new ClusterView(cluster, self, new Ring(1, owners), types, false);
  }

  private static final ClusterView VIEW = view(7, A, 2, 3);

  private static MerkleTree tree(long seed) {
    var random = new SplittableRandom(seed);
    var tree = new MerkleTree();
    for (int left = random.nextInt(20); left >= 0; left--) {
      tree.toggle(Drawn.key(random), Bytes.utf8("state " + left).hash());
    }
    return tree;
  }

  private static Bytes saved() {
    return new SavedTrees(VIEW, MARK).encode(1, Map.of(2, tree(5)));
  }

  @Test
  void treesComeBackAsTheyWere() {
    var again = new SavedTrees(VIEW, MARK).decode(1, saved()).orElseThrow();

    assertThat(again.keySet()).containsExactly(2);
    MerkleTree tree = again.values().iterator().next();
    assertThat(tree.branches()).isEqualTo(tree(5).branches());
    assertThat(tree.root()).isEqualTo(tree(5).root());
  }

  @Test
  void treesOfAnythingElseAreRefused() {
    assertThat(new SavedTrees(view(8, A, 2, 3), MARK).decode(1, saved())).isEmpty();
    assertThat(new SavedTrees(view(7, B, 2, 3), MARK).decode(1, saved())).isEmpty();
    assertThat(new SavedTrees(view(7, A, 4, 3), MARK).decode(1, saved())).isEmpty();
    assertThat(new SavedTrees(view(7, A, 2, 1), MARK).decode(1, saved())).isEmpty();
    assertThat(new SavedTrees(VIEW, Bytes.utf8("others")).decode(1, saved())).isEmpty();
    assertThat(new SavedTrees(VIEW, MARK).decode(0, saved())).isEmpty();
  }

  @Test
  void damagedTreesAreRefusedWhereverTheyAreDamaged() {
    Bytes whole = saved();
    for (int at = 0; at < whole.length(); at++) {
      byte[] damaged = whole.toArray();
      damaged[at] ^= 4;
      assertThat(new SavedTrees(VIEW, MARK).decode(1, Bytes.wrap(damaged)))
          .as("at %d", at)
          .isEmpty();
      assertThat(new SavedTrees(VIEW, MARK).decode(1, whole.slice(0, at))).isEmpty();
    }
  }

  @Test
  void strangeBytesAreRefusedInLittleRoom() {
    HostileBytes.feed(
        2_000, _ -> saved(), hostile -> new SavedTrees(VIEW, MARK).decode(1, hostile));
  }

  @Test
  void whatIsNotVouchedForIsNotSavedAndWhatIsMissingIsNotTakenForEmpty() {
    ItemKey key = Drawn.key(new SplittableRandom(1));
    int partition = VIEW.partitionOf(key);
    var trees = new Trees(() -> VIEW, List.of(0, 1), _ -> {});
    trees.ended(partition, Optional.of(Map.of(2, tree(6))));

    var again = new Trees(() -> VIEW, List.of(0, 1), _ -> {});
    again.restore(MARK, trees.save(MARK));

    assertThat(again.isVouched(partition)).isTrue();
    assertThat(again.isVouched(1 - partition)).isFalse();
    assertThat(again.missing()).isEqualTo(1);
    again.uncertain(new Address(partition, key));
    assertThat(again.save(MARK)).isEmpty();
  }
}
