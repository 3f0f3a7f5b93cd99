package io.cartwheel.core.coordination;

import static io.cartwheel.core.fixture.ShardBench.A;
import static io.cartwheel.core.fixture.ShardBench.B;
import static io.cartwheel.core.fixture.ShardBench.C;
import static io.cartwheel.core.fixture.ShardBench.D;
import static io.cartwheel.core.fixture.ShardBench.E;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.cartwheel.core.fixture.SeededCases;
import io.cartwheel.core.ring.MemberId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What counts toward a quorum: distinct members, each for an owner of its own. */
class SlotsTest {
  private static final List<MemberId> OWNERS = List.of(A, B, C);

  private final Slots slots = new Slots();

  @Test
  void ownersThatHoldItThemselvesCountOneEach() {
    slots.holds(A, List.of(A));
    slots.holds(B, List.of(B));

    assertThat(slots.matched()).isEqualTo(2);
    assertThat(slots.primaries()).isEqualTo(2);
    assertThat(slots.members()).isEqualTo(2);
  }

  @Test
  void anOwnerAndItsStandInAreTwoMembersButOneSlot() {
    slots.holds(B, List.of(B));
    slots.holds(D, List.of(B));

    assertThat(slots.matched()).isEqualTo(1);
    assertThat(slots.members()).isEqualTo(2);
    assertThat(slots.primaries()).isEqualTo(1);
  }

  @Test
  void aMemberThatOwesSeveralCountsOnce() {
    slots.holds(D, List.of(B, C));
    assertThat(slots.matched()).isEqualTo(1);
    assertThat(slots.primaries()).isZero();
    slots.holds(A, List.of(A, B));
    assertThat(slots.matched()).isEqualTo(2);
    assertThat(slots.primaries()).isEqualTo(1);
  }

  /** D could count for B or C; once B holds it too, D counts for C. */
  @Test
  void whoCanCountForAnotherMakesRoom() {
    slots.holds(D, List.of(B, C));
    slots.holds(B, List.of(B));

    assertThat(slots.matched()).isEqualTo(2);
  }

  @Test
  void theSameMemberTwiceIsOneMember() {
    slots.holds(A, List.of(A));
    slots.holds(A, List.of(B));
    slots.holds(A, List.of(A));

    assertThat(slots.matched()).isEqualTo(1);
    assertThat(slots.isHeldFor(B)).isTrue();
    assertThat(slots.isHeldFor(C)).isFalse();
  }

  @Test
  void whoHoldsItForNobodyCountsForNothing() {
    slots.holds(A, List.of());

    assertThat(slots.matched()).isZero();
  }

  @Test
  void whatMayYetComeIsCountedOnTop() {
    slots.holds(A, List.of(A));

    assertThat(slots.matchedWith(Map.of(D, List.of(A)))).isEqualTo(1);
    assertThat(slots.matchedWith(Map.of(D, List.of(B)))).isEqualTo(2);
    assertThat(slots.matchedWith(Map.of(A, List.of(B)))).isEqualTo(1);
    assertThat(slots.matched()).isEqualTo(1);
  }

  @Test
  void itIsTheLargestMatchingThereIs() {
    SeededCases.forEach(
        5_000,
        random -> {
          var tried = new Slots();
          Map<MemberId, Set<MemberId>> held = new LinkedHashMap<>();
          for (MemberId member : List.of(D, A, E, B, C)) {
            if (random.nextInt(3) > 0) {
              List<MemberId> owners = some(random);
              tried.holds(member, owners);
              held.put(member, new HashSet<>(owners));
            }
          }
          assertEquals(largest(new ArrayList<>(held.values()), new HashSet<>()), tried.matched());
        });
  }

  private static List<MemberId> some(SplittableRandom random) {
    return OWNERS.stream().filter(_ -> random.nextBoolean()).toList();
  }

  /** By trying everything. */
  private static int largest(List<Set<MemberId>> members, Set<MemberId> taken) {
    if (members.isEmpty()) {
      return taken.size();
    }
    List<Set<MemberId>> rest = members.subList(1, members.size());
    int largest = largest(rest, taken);
    for (MemberId owner : members.getFirst()) {
      if (taken.add(owner)) {
        largest = Math.max(largest, largest(rest, taken));
        taken.remove(owner);
      }
    }
    return largest;
  }
}
