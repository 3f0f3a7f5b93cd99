package io.cartwheel.simulator;

import static io.cartwheel.simulator.Story.texts;
import static org.assertj.core.api.Assertions.assertThat;

import io.cartwheel.core.version.VersionSet;
import io.cartwheel.core.version.VersionVector;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Expiry by clocks that are two months apart: {@code a} is a month ahead, {@code b} a month behind.
 * Each shows what it must by its own clock, and neither destroys anything (ADR 12).
 */
class ExpiryStoryTest {
  private static final long MONTH_MILLIS = 30L * 86_400_000;
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final VersionVector BLIND = VersionVector.EMPTY;

  private final Story story = new Story();

  @BeforeEach
  void clocksGoAstray() {
    story.a.clock().jump(MONTH_MILLIS);
    story.b.clock().jump(-MONTH_MILLIS);
  }

  @Test
  void whatTheOneShowsAsExpiredTheOtherStillShowsAndAllHold() {
    story.put(story.b, "passing", BLIND, MINUTE);

    assertThat(texts(story.read(story.a, 3))).isEmpty();
    assertThat(texts(story.read(story.b, 3))).containsExactly("passing");

    story.endsWith("passing");
  }

  @Test
  void aBlindWriteByTheOneLeavesWhatItTakesForExpiredToTheOther() {
    story.put(story.b, "passing", BLIND, MINUTE);
    story.put(story.a, "beside", BLIND);

    assertThat(texts(story.read(story.a, 3))).containsExactly("beside");
    assertThat(texts(story.read(story.b, 3))).containsExactlyInAnyOrder("passing", "beside");

    story.endsWith("passing", "beside");
  }

  /** Who is told that a value expired, and writes over it, has seen it. */
  @Test
  void aWriteOverWhatWasShownAsExpiredSupersedesItEverywhere() {
    story.put(story.b, "passing", BLIND, MINUTE);
    VersionSet shown = story.read(story.a, 3);
    story.put(story.a, "next", shown.clock());

    assertThat(texts(story.read(story.b, 3))).containsExactly("next");
    story.endsWith("next");
  }

  @Test
  void whatTheOneAheadWritesLastsLongerForTheOtherAndIsNotLost() {
    story.put(story.a, "passing", BLIND, MINUTE);
    story.put(story.b, "beside", BLIND, MINUTE);
    assertThat(texts(story.read(story.a, 3))).containsExactly("passing");
    story.pass(MINUTE.toMillis());

    assertThat(texts(story.read(story.a, 3))).isEmpty();
    assertThat(texts(story.read(story.b, 3))).containsExactly("passing");

    story.endsWith("passing", "beside");
  }
}
