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
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExpiryTest {
  private static final Dot A = dot(1, 1);
  private static final Dot B = dot(2, 1);

  @Test
  void aValueIsExpiredFromItsExpiryOn() {
    Sibling sibling = new Sibling(A, value("v").expiringAt(100));

    assertThat(sibling.isExpiredAt(99)).isFalse();
    assertThat(sibling.isExpiredAt(100)).isTrue();
    assertThat(new Sibling(A, value("v")).isExpiredAt(Long.MAX_VALUE - 1)).isFalse();
  }

  @Test
  void aTombstoneNeverExpires() {
    assertThat(new Sibling(A, tombstone(1).expiringAt(5)).isExpiredAt(100)).isFalse();
  }

  @Test
  void whatIsShownCoversWhatHasExpired() {
    VersionSet state = alone(A, value("passing").expiringAt(5)).merge(alone(B, value("lasting")));

    VersionSet shown = state.unexpiredAt(5);

    assertThat(shown.siblings()).extracting(Sibling::dot).containsExactly(B);
    assertThat(shown.clock()).isEqualTo(state.clock());
    assertThat(shown.isEmpty()).isFalse();
  }

  /** Otherwise an old value came back when the one that had won over it expired. */
  @Test
  void anExpiredWinnerDoesNotBringItsLoserBack() {
    VersionSet state =
        alone(A, value("old", 1, "")).merge(alone(B, value("new", 2, "").expiringAt(5)));

    assertThat(ConflictPolicy.LAST_WRITE_WINS.resolve(state).unexpiredAt(4).siblings())
        .extracting(Sibling::dot)
        .containsExactly(B);
    assertThat(ConflictPolicy.LAST_WRITE_WINS.resolve(state).unexpiredAt(5).siblings()).isEmpty();
  }

  @Test
  void anExpiredLoserChangesNothing() {
    VersionSet state =
        alone(A, value("old", 1, "").expiringAt(5)).merge(alone(B, value("new", 2, "")));

    assertThat(ConflictPolicy.LAST_WRITE_WINS.resolve(state).unexpiredAt(5).siblings())
        .extracting(Sibling::dot)
        .containsExactly(B);
  }

  @ParameterizedTest
  @EnumSource
  void whatIsShownIsTheStateWithoutWhatHasExpired(ConflictPolicy policy) {
    SeededCases.forEach(
        20_000,
        random -> {
          VersionSet state = policy.resolve(Drawn.state(random));
          long now = random.nextLong(110);
          VersionSet shown = state.unexpiredAt(now);
          List<Sibling> hidden =
              state.siblings().stream().filter(each -> !shown.siblings().contains(each)).toList();
          assertEquals(state.clock(), shown.clock());
          assertTrue(shown.siblings().stream().noneMatch(each -> each.isExpiredAt(now)));
          assertTrue(hidden.stream().allMatch(each -> each.isExpiredAt(now)));
          assertTrue(hidden.stream().noneMatch(each -> each.content().tombstone()));
          assertEquals(shown, shown.unexpiredAt(now), "once is enough");
        });
  }

  @Test
  void aRetryIsRecognisedThoughItsExpiryIsAnother() {
    VersionSet state =
        alone(A, value("v", 1, "r").expiringAt(100))
            .merge(alone(B, value("v", 2, "r").expiringAt(101)));

    assertThat(ConflictPolicy.SIBLINGS.resolve(state).siblings())
        .extracting(Sibling::dot)
        .containsExactly(B);
  }
}
