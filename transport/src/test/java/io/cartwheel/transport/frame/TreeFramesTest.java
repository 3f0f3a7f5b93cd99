package io.cartwheel.transport.frame;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.cartwheel.core.item.MalformedException;
import io.cartwheel.transport.wire.Peer;
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
    for (byte unknown : new byte[] {0, 4, -1}) {
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
