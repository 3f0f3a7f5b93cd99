package io.cartwheel.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.cartwheel.core.port.Observer.Event;
import io.cartwheel.core.version.VersionVector;
import org.junit.jupiter.api.Test;

/**
 * A hint that comes about after its owner has returned: the message that asks for it was long on
 * its way. What was written or deleted meanwhile stays written or deleted (Dynamo §4.6).
 */
class LateHintStoryTest {
  private final Story story = new Story();

  /**
   * While {@code a} is away, {@code d} is asked to keep a write for it, and does not hear of it.
   */
  private VersionVector writeThatReachesItsStandInLate() {
    story.kill(story.a);
    story.holdBack(story.b, story.d);
    story.put(story.b, "old", VersionVector.EMPTY);
    assertThat(story.hasRecord(story.d)).isFalse();
    story.start(story.a);
    story.pass(4_000);
    return story.read(story.a, 2).clock();
  }

  private void hintComesLate() {
    assertThat(story.count(Event.HINT_KEPT)).isZero();
    story.letGo(story.b, story.d);
    assertThat(story.count(Event.HINT_KEPT)).isEqualTo(1);
  }

  @Test
  void aHintCreatedAfterItsOwnersReturnBringsNoOldValueBack() {
    VersionVector seen = writeThatReachesItsStandInLate();
    story.put(story.a, "new", seen);
    hintComesLate();

    story.endsWith("new");
    assertThat(story.count(Event.HINT_DELIVERED)).isEqualTo(1);
  }

  @Test
  void aHintCreatedAfterItsOwnersReturnBringsNoDeletedValueBack() {
    VersionVector seen = writeThatReachesItsStandInLate();
    story.delete(story.a, seen);
    hintComesLate();

    story.endsWith();
    assertThat(story.count(Event.HINT_DELIVERED)).isEqualTo(1);
  }
}
