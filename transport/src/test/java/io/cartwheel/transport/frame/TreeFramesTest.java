package io.cartwheel.transport.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.item.Hash128;
import io.cartwheel.core.item.ItemKey;
import io.cartwheel.core.item.MalformedException;
import io.cartwheel.core.message.KeyDigests;
import io.cartwheel.core.message.Message;
import io.cartwheel.core.message.Message.KeyDigest;
import io.cartwheel.transport.wire.Peer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TreeFramesTest {
  private static final ByteString HASHES = ByteString.copyFrom(new byte[32 * 16]);

  @Test
  void rootsOfNoTreeOrOfHalfATreeAreMalformed() {
    assertMalformed(frame().setCompareRoots(roots(new byte[0])));
    assertMalformed(frame().setCompareRoots(roots(new byte[20])));
  }

  @Test
  void aTreeThatThereCannotBeIsMalformed() {
    var noOwners = new byte[21];
    var partitionBeyond = new byte[21];
    partitionBeyond[1] = 1;
    partitionBeyond[4] = 3;
    assertMalformed(frame().setCompareRoots(roots(noOwners)));
    assertMalformed(frame().setCompareRoots(roots(partitionBeyond)));
    assertMalformed(
        frame()
            .setCompareBranches(
                Peer.CompareBranches.newBuilder().setOwners(128).setBranches(HASHES)));
  }

  @Test
  void anUnknownLikenessIsMalformed() {
    for (byte unknown : new byte[] {0, 5, -1}) {
      var likeness = ByteString.copyFrom(new byte[] {1, unknown});
      assertMalformed(
          frame().setRootsCompared(Peer.RootsCompared.newBuilder().setLikeness(likeness)));
    }
  }

  @Test
  void branchesAreAllThereAndNoMore() {
    for (ByteString branches :
        new ByteString[] {
          ByteString.EMPTY, HASHES.substring(1), HASHES.concat(HASHES.substring(0, 16))
        }) {
      assertMalformed(
          frame()
              .setCompareBranches(
                  Peer.CompareBranches.newBuilder().setOwners(3).setBranches(branches)));
    }
  }

  @Test
  void differingBranchesAscendAndAreWhole() {
    ByteString second = ByteString.copyFrom(new byte[] {2}).concat(HASHES);
    ByteString beyond = ByteString.copyFrom(new byte[] {32}).concat(HASHES);
    assertMalformed(differing(second.concat(second)));
    assertMalformed(differing(beyond));
    assertMalformed(differing(second.substring(0, 100)));
  }

  @Test
  void segmentsHaveOneLength() {
    for (int length : new int[] {0, 127, 129}) {
      var keys =
          Peer.ListKeys.newBuilder()
              .setOwners(3)
              .setSegments(ByteString.copyFrom(new byte[length]));
      assertMalformed(frame().setListKeys(keys));
    }
  }

  @Test
  void aListedKeyIsWhole() {
    ByteString cut = ByteString.copyFrom(new byte[] {1, 't', 1, 'b', 1, 'k', 0});
    assertMalformed(frame().setKeysListed(Peer.KeysListed.newBuilder().setKeys(cut)));
    assertMalformed(
        frame().setKeysListed(Peer.KeysListed.newBuilder().setUpTo(cut.substring(0, 4))));
  }

  @Test
  void noQuestionIsOfMoreTreesThanOneMayBe() {
    int most = Message.CompareRoots.MAX_TREES;
    var trees = new byte[(most + 1) * 21];
    for (int i = 0; i <= most; i++) {
      trees[i * 21 + 4] = 3;
    }
    assertMalformed(frame().setCompareRoots(roots(trees)));
    var likeness = new byte[most + 1];
    Arrays.fill(likeness, (byte) 1);
    assertMalformed(
        frame()
            .setRootsCompared(
                Peer.RootsCompared.newBuilder().setLikeness(ByteString.copyFrom(likeness))));
  }

  @Test
  void aPageOfShortKeysTakesNoMoreRoomThanItsFrame() {
    var random = new SplittableRandom(5);
    List<KeyDigest> keys = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      var bytes = new byte[4];
      random.nextBytes(bytes);
      var key = new ItemKey(Bytes.utf8("t"), Bytes.utf8("b"), Bytes.wrap(bytes));
      keys.add(new KeyDigest(key, new Hash128(random.nextLong(), random.nextLong())));
    }
    var page = new Message.KeysListed(1, KeyDigests.of(keys), Optional.empty());

    Allocation.assertBoundedFor(FrameEncoder.encode(page).toByteArray());

    assertThat(page.keys()).containsExactlyElementsOf(keys);
    assertThat(page.keys().count()).isEqualTo(keys.size());
  }

  @Test
  void aPageBeyondItsLimitIsMalformed() {
    ByteString one = ByteString.copyFrom(new byte[] {1, 't', 1, 'b', 1, 'k'});
    ByteString whole = one.concat(ByteString.copyFrom(new byte[16]));
    var pages = ByteString.newOutput();
    for (int left = (1 << 20) / whole.size() + 1; left > 0; left--) {
      pages.write(whole.toByteArray(), 0, whole.size());
    }
    assertMalformed(
        frame().setKeysListed(Peer.KeysListed.newBuilder().setKeys(pages.toByteString())));
  }

  private static Peer.CompareRoots.Builder roots(byte[] trees) {
    return Peer.CompareRoots.newBuilder().setTrees(ByteString.copyFrom(trees));
  }

  private static Peer.PeerFrame.Builder differing(ByteString branches) {
    return frame().setBranchesCompared(Peer.BranchesCompared.newBuilder().setDiffering(branches));
  }

  private static Peer.PeerFrame.Builder frame() {
    return Peer.PeerFrame.newBuilder();
  }

  private static void assertMalformed(Peer.PeerFrame.Builder frame) {
    byte[] bytes = frame.build().toByteArray();
    assertThatThrownBy(() -> FrameDecoder.decode(bytes)).isInstanceOf(MalformedException.class);
  }
}
