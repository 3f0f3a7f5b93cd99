package io.cartwheel.core.version;

import static io.cartwheel.core.version.Versions.alone;
import static io.cartwheel.core.version.Versions.dot;
import static io.cartwheel.core.version.Versions.tombstone;
import static io.cartwheel.core.version.Versions.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cartwheel.core.fixture.Drawn;
import io.cartwheel.core.fixture.SeededCases;
import io.cartwheel.core.item.Bytes;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConflictPolicyTest {
  private static final Dot A = dot(1, 1);
  private static final Dot B = dot(2, 1);
  private static final Dot C = dot(3, 1);

  @Test
  void siblingsOfDifferentRequestsAllStay() {
    VersionSet state =
        alone(A, value("same", 5, "r1"))
            .merge(alone(B, value("same", 5, "r2")))
            .merge(alone(C, value("same", 5, "")));

    assertThat(ConflictPolicy.SIBLINGS.resolve(state)).isEqualTo(state);
  }

  @Test
  void twoAttemptsAtOneRequestShowAsOneVersion() {
    VersionSet state = alone(A, value("v", 5, "r")).merge(alone(B, value("v", 9, "r")));

    VersionSet resolved = ConflictPolicy.SIBLINGS.resolve(state);

    assertThat(resolved.siblings()).extracting(Sibling::dot).containsExactly(B);
    assertThat(resolved.clock()).isEqualTo(state.clock());
  }

  @Test
  void aRequestIdUsedTwiceForDifferentValuesCollapsesNothing() {
    VersionSet state = alone(A, value("one", 5, "r")).merge(alone(B, value("two", 5, "r")));

    assertThat(ConflictPolicy.SIBLINGS.resolve(state)).isEqualTo(state);
  }

  @Test
  void aDeleteAndAPutOfOneRequestIdCollapseNothing() {
    VersionSet state =
        alone(A, value("", 5, "r")).merge(alone(B, Content.tombstone(5, Bytes.utf8("r"))));

    assertThat(ConflictPolicy.SIBLINGS.resolve(state)).isEqualTo(state);
  }

  @Test
  void theLastWriteByTimeWins() {
    VersionSet state =
        alone(A, value("early", 5, ""))
            .merge(alone(B, value("late", 9, "")))
            .merge(alone(C, value("middle", 7, "")));

    assertThat(ConflictPolicy.LAST_WRITE_WINS.resolve(state).siblings())
        .extracting(Sibling::dot)
        .containsExactly(B);
  }

  @Test
  void theGreatestDotWinsAmongWritesOfOneTime() {
    VersionSet state =
        alone(B, value("b", 5, ""))
            .merge(alone(C, value("c", 5, "")))
            .merge(alone(A, value("a", 5, "")));

    assertThat(ConflictPolicy.LAST_WRITE_WINS.resolve(state).siblings())
        .extracting(Sibling::dot)
        .containsExactly(C);
  }

  @Test
  void aTombstoneWinsAndLosesByTimeAsAValueDoes() {
    Sibling value = new Sibling(A, value("v", 5, ""));
    VersionSet before = alone(A, value.content());

    assertThat(lastOf(before.merge(alone(B, tombstone(6)))).content().tombstone()).isTrue();
    assertThat(lastOf(before.merge(alone(B, tombstone(4))))).isEqualTo(value);
  }

  private static Sibling lastOf(VersionSet state) {
    List<Sibling> left = ConflictPolicy.LAST_WRITE_WINS.resolve(state).siblings();
    assertThat(left).hasSize(1);
    return left.getFirst();
  }

  @ParameterizedTest
  @EnumSource
  void resolvingKeepsTheClockAddsNothingAndIsDoneOnce(ConflictPolicy policy) {
    SeededCases.forEach(
        20_000,
        random -> {
          VersionSet state = Drawn.state(random);
          VersionSet resolved = policy.resolve(state);
          assertEquals(state.clock(), resolved.clock());
          assertTrue(state.siblings().containsAll(resolved.siblings()));
          assertEquals(state.siblings().isEmpty(), resolved.siblings().isEmpty());
          assertEquals(resolved, policy.resolve(resolved));
        });
  }

  @ParameterizedTest
  @EnumSource
  void noOrderOfCollapsesLosesAllTwinsOfARequest(ConflictPolicy policy) {
    var search = new TwinSearch(policy);
    List<VersionSet> twins =
        List.of(
            alone(A, value("v", 9, "r")),
            alone(B, value("v", 5, "r")),
            alone(C, value("v", 7, "r")));

    assertThat(search.allLost(twins, "r", 0)).isEmpty();
    assertThat(search.statesSearched()).isGreaterThan(100);
  }

  @Test
  void noOrderOfCollapsesAndWritesLosesBothTwinsOfARequest() {
    var search = new TwinSearch(ConflictPolicy.SIBLINGS);
    List<VersionSet> twins = List.of(alone(A, value("v", 9, "r")), alone(B, value("v", 5, "r")));

    assertThat(search.allLost(twins, "r", 2)).isEmpty();
    assertThat(search.statesSearched()).isGreaterThan(1_000);
  }

  /** Two twins of times 9 and 5, and a rival of time 7 that beats the one and not the other. */
  @Test
  void noOrderOfCollapsesLosesEverythingWhereTheLastWriteWins() {
    var search = new TwinSearch(ConflictPolicy.LAST_WRITE_WINS);
    List<VersionSet> beginnings =
        List.of(
            alone(A, value("v", 9, "r")),
            alone(B, value("v", 5, "r")),
            alone(C, value("w", 7, "")));

    assertThat(search.allLost(beginnings, "r", 0)).isEmpty();
  }
}
