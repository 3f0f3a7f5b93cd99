package io.cartwheel.core.coordination;

import static io.cartwheel.core.fixture.ShardBench.A;
import static io.cartwheel.core.fixture.ShardBench.B;
import static io.cartwheel.core.fixture.ShardBench.C;
import static io.cartwheel.core.fixture.ShardBench.D;
import static io.cartwheel.core.fixture.ShardBench.E;
import static org.assertj.core.api.Assertions.assertThat;

import io.cartwheel.core.fixture.VirtualTime;
import io.cartwheel.core.fixture.Wire;
import io.cartwheel.core.membership.Stamps;
import io.cartwheel.core.ring.MemberId;
import io.cartwheel.core.ring.PreferenceList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReadTargetsTest {
  private static final PreferenceList LIST = new PreferenceList(0, 5, 3, List.of(A, B, C, D, E));

  private final Inquiries inquiries =
      new Inquiries(A, new Wire(), new VirtualTime(), new Stamps(0), (_, _) -> {});

  @BeforeEach
  void allAnswer() {
    List.of(B, C, D, E).forEach(inquiries::connected);
  }

  private ReadTargets targets(boolean sloppy) {
    return new ReadTargets(inquiries.readiness(), LIST, sloppy);
  }

  private static List<Target> all(ReadTargets targets) {
    var all = new ArrayList<Target>();
    for (Optional<Target> next = targets.next(); next.isPresent(); next = targets.next()) {
      all.add(next.get());
    }
    return all;
  }

  private static Target owner(MemberId owner) {
    return Target.owner(owner);
  }

  @Test
  void healthyOwnersAreAskedAndNobodyElse() {
    assertThat(all(targets(true))).containsExactly(owner(A), owner(B), owner(C));
  }

  @Test
  void aStandInIsAskedForEachSuspectAndTheSuspectItselfAtLast() {
    inquiries.lost(B);
    ReadTargets targets = targets(true);

    assertThat(targets.left()).hasSize(4);
    assertThat(all(targets)).containsExactly(owner(A), owner(C), new Target(D, B), owner(B));
  }

  @Test
  void thereIsNoDoubtAboutThoseThatAreNotSuspected() {
    inquiries.lost(B);
    ReadTargets targets = targets(true);
    for (int i = 0; i < 3; i++) {
      assertThat(targets.nextHealthy()).isPresent();
    }

    assertThat(targets.nextHealthy()).isEmpty();
    assertThat(targets.hasHealthy()).isFalse();
    assertThat(targets.isEmpty()).isFalse();
  }

  @Test
  void aSuspectStandsInForNobody() {
    inquiries.lost(B);
    inquiries.lost(D);

    assertThat(all(targets(true))).containsExactly(owner(A), owner(C), new Target(E, B), owner(B));
  }

  @Test
  void byPrimariesAloneNobodyStandsIn() {
    inquiries.lost(B);
    ReadTargets targets = targets(false);

    assertThat(targets.standInFor(C)).isEmpty();
    assertThat(all(targets)).containsExactly(owner(A), owner(C), owner(B));
  }

  @Test
  void anOwnerThatFailsIsReplacedByTheNextStandInAsLongAsThereIsOne() {
    ReadTargets targets = targets(true);
    all(targets);
    targets.replace(C);
    targets.replace(B);
    targets.replace(A);

    assertThat(all(targets)).containsExactly(new Target(D, C), new Target(E, B));
  }

  @Test
  void anOwnerThatWasNeverTriedIsAskedBeforeAStandIn() {
    var fresh = new Inquiries(A, new Wire(), new VirtualTime(), new Stamps(0), (_, _) -> {});
    fresh.connected(C);
    fresh.lost(B);
    fresh.connected(E);
    var targets =
        new ReadTargets(
            fresh.readiness(), new PreferenceList(0, 5, 4, List.of(A, B, C, D, E)), true);

    assertThat(all(targets))
        .containsExactly(owner(A), owner(C), owner(D), new Target(E, B), owner(B));
  }
}
