package io.cartwheel.core.coordination;

import static io.cartwheel.core.fixture.ShardBench.A;
import static io.cartwheel.core.fixture.ShardBench.B;
import static io.cartwheel.core.fixture.ShardBench.C;
import static io.cartwheel.core.fixture.ShardBench.D;
import static io.cartwheel.core.fixture.ShardBench.E;
import static org.assertj.core.api.Assertions.assertThat;

import io.cartwheel.core.ring.MemberId;
import io.cartwheel.core.ring.PreferenceList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WriteTargetsTest {
  private static final PreferenceList LIST = new PreferenceList(0, 5, 3, List.of(A, B, C, D, E));

  private static WriteTargets targets(MemberId self, MemberId... reached) {
    return new WriteTargets(self, LIST, Set.of(reached));
  }

  @Test
  void ownersThatAnswerAreAskedForThemselvesAndTheOthersAreSpare() {
    WriteTargets targets = targets(A, A, B, C, D, E);

    assertThat(targets.askedOwners()).containsExactly(B, C);
    assertThat(targets.standIns()).isEmpty();
    assertThat(targets.ownOwed()).isEmpty();
    assertThat(targets.nextStandIn()).contains(D);
    assertThat(targets.nextStandIn()).contains(E);
    assertThat(targets.hasSpare()).isFalse();
    assertThat(targets.nextStandIn()).isEmpty();
  }

  @Test
  void eachMissingOwnerIsReplacedByTheNextHealthyMember() {
    WriteTargets targets = targets(A, A, D, E);

    assertThat(targets.askedOwners()).isEmpty();
    assertThat(targets.standIns()).isEqualTo(Map.of(D, List.of(B), E, List.of(C)));
    assertThat(targets.hasSpare()).isFalse();
  }

  @Test
  void aMemberThatCanNotBeReachedStandsInForNobody() {
    assertThat(targets(A, A, C, E).standIns()).isEqualTo(Map.of(E, List.of(B)));
  }

  @Test
  void whereStandInsRunOutOneOwesSeveral() {
    assertThat(targets(A, A, D).standIns()).isEqualTo(Map.of(D, List.of(B, C)));
  }

  @Test
  void theDebtsAreSpread() {
    var six = List.of(A, B, C, new MemberId(6), new MemberId(7), D, E);
    var targets = new WriteTargets(A, new PreferenceList(0, 5, 5, six), Set.of(A, D, E));

    assertThat(targets.standIns().get(D)).hasSize(2);
    assertThat(targets.standIns().get(E)).hasSize(2);
  }

  @Test
  void whereThereIsNobodyTheCoordinatorOwesAll() {
    WriteTargets targets = targets(A, A);

    assertThat(targets.ownOwed()).containsExactly(B, C);
    assertThat(targets.standIns()).isEmpty();
    targets.oweNobody();
    assertThat(targets.ownOwed()).isEmpty();
  }

  @Test
  void aCoordinatorThatIsNoOwnerIsTheFirstToStandIn() {
    WriteTargets targets = targets(D, A, D, E);

    assertThat(targets.askedOwners()).containsExactly(A);
    assertThat(targets.ownOwed()).containsExactly(B);
    assertThat(targets.standIns()).isEqualTo(Map.of(E, List.of(C)));
  }

  @Test
  void aCoordinatorThatIsNoOwnerOwesOneThoughAllAnswer() {
    WriteTargets targets = targets(D, A, B, C, D, E);

    assertThat(targets.askedOwners()).containsExactly(A, B, C);
    assertThat(targets.ownOwed()).containsExactly(C);
    assertThat(targets.standIns()).isEmpty();
    assertThat(targets.nextStandIn()).contains(E);
  }

  @Test
  void aCoordinatorThatIsNoOwnerAndAloneOwesAll() {
    assertThat(targets(E, E).ownOwed()).containsExactly(A, B, C);
  }
}
