package io.cartwheel.core.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RingTest {
  private static final MemberId A = new MemberId(1);
  private static final MemberId B = new MemberId(2);
  private static final MemberId C = new MemberId(3);
  private static final MemberId D = new MemberId(-1);

  private final Ring ring =
      new Ring(7, List.of(List.of(A, B), List.of(B, C), List.of(C, A), List.of(D, B)));

  @Test
  void thePreferenceListBeginsWithThePartitionsOwnListAndGoesOnClockwise() {
    assertThat(ring.preferenceList(0, 2))
        .isEqualTo(new PreferenceList(0, 7, 2, List.of(A, B, C, D)));
    assertThat(ring.preferenceList(2, 2).members()).containsExactly(C, A, D, B);
    assertThat(ring.preferenceList(3, 2).members()).containsExactly(D, B, A, C);
  }

  @Test
  void aTypeWithAFewerReplicasHasTheFirstOwnersAsItsPrimaries() {
    assertThat(ring.preferenceList(2, 1).primaries()).containsExactly(C);
    assertThat(ring.preferenceList(2, 1).members()).containsExactly(C, A, D, B);
  }

  @Test
  void aTypeWithMoreReplicasThanTheListIsLongHasThoseThereAre() {
    PreferenceList list = ring.preferenceList(1, 3);

    assertThat(list.owners()).isEqualTo(2);
    assertThat(list.isPrimary(C)).isTrue();
    assertThat(list.isPrimary(A)).isFalse();
  }

  @Test
  void aMemberThatIsNowhereFirstIsStillInEveryPreferenceList() {
    var tail = new Ring(1, List.of(List.of(A, B), List.of(A, C)));

    assertThat(tail.preferenceList(0, 2).members()).containsExactly(A, B, C);
    assertThat(tail.preferenceList(1, 2).members()).containsExactly(A, C, B);
  }

  @Test
  void membersAreOrderedUnsigned() {
    assertThat(ring.members()).containsExactly(A, B, C, D);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 6, 1 << 17})
  void onlyPowersOfTwoArePartitionCounts(int count) {
    var lists = new ArrayList<List<MemberId>>();
    for (int i = 0; i < count; i++) {
      lists.add(List.of(A));
    }
    assertThat(Ring.isPartitionCount(count)).isFalse();
    assertThatThrownBy(() -> new Ring(1, lists)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aListThatIsEmptyOrNamesAMemberTwiceIsRefused() {
    assertThatThrownBy(() -> new Ring(1, List.of(List.of())))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Ring(1, List.of(List.of(A, B, A))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void laterChangesOfTheListsGivenDoNotReachTheRing() {
    var list = new ArrayList<>(List.of(A, B));
    var own = new Ring(1, List.of(list));
    list.set(0, C);

    assertThat(own.owners(0)).containsExactly(A, B);
  }

  @Test
  void aPreferenceListHasAtLeastOneOwnerAndNoMoreThanMembers() {
    assertThatThrownBy(() -> new PreferenceList(0, 1, 0, List.of(A)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new PreferenceList(0, 1, 2, List.of(A)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aMemberIdAtGenesisFollowsFromClusterAndName() {
    MemberId id = MemberId.atGenesis(42, "n1");

    assertThat(id).isEqualTo(MemberId.atGenesis(42, "n1"));
    assertThat(id).isNotEqualTo(MemberId.atGenesis(43, "n1"));
    assertThat(id).isNotEqualTo(MemberId.atGenesis(42, "n2"));
    assertThatThrownBy(() -> new MemberId(0)).isInstanceOf(IllegalArgumentException.class);
  }
}
