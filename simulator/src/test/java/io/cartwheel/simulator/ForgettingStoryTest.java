package io.cartwheel.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.cartwheel.core.port.Observer.Event;
import io.cartwheel.core.version.VersionVector;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What is deleted is forgotten once nothing older exists anywhere, and comes back from nowhere: out
 * of no message, no reader, no hint, no older disk (ADR 15).
 */
class ForgettingStoryTest {
  private final Story story = new Story();

  private VersionVector written() {
    story.put(story.b, "old", VersionVector.EMPTY);
    return story.read(story.a, 3).clock();
  }

  private boolean isForgotten() {
    return List.of(story.a, story.b, story.c).stream().noneMatch(story::hasRecord);
  }

  private void endsForgotten() {
    story.endsWith();
    assertThat(isForgotten()).as("forgotten").isTrue();
  }

  @Test
  void aDeleteIsForgottenByAllItsOwners() {
    story.delete(story.b, written());
    endsForgotten();
    assertThat(story.count(Event.FORGOTTEN)).isEqualTo(3);
  }

  @Test
  void aMessageThatComesLongAfterTheReapBringsNothingBack() {
    VersionVector seen = written();
    Runnable late = story.messageOnItsWay(story.b, story.c);
    story.delete(story.b, seen);
    endsForgotten();

    late.run();
    story.pass(20);
    assertThat(story.count(Event.OUTDATED_REFUSED)).isEqualTo(1);
    endsForgotten();
  }

  @Test
  void whileAReaderStandsStillNothingIsForgottenAndItsRepairBringsNothingBack() {
    VersionVector seen = written();
    story.beginRead(story.d, 3);
    story.d.life().pause();
    story.delete(story.b, seen);
    story.passUntilAllIsCalm();
    assertThat(isForgotten()).isFalse();

    story.d.life().resume();
    endsForgotten();
  }

  @Test
  void aMemberThatIsAwayHoldsItUpThoughItOwnsNothing() {
    VersionVector seen = written();
    story.kill(story.e);
    story.delete(story.b, seen);
    story.passUntilAllIsCalm();
    assertThat(isForgotten()).isFalse();

    story.start(story.e);
    endsForgotten();
  }

  @Test
  void aHintHoldsItUpAndBringsNothingBack() {
    story.kill(story.c);
    VersionVector seen = written();
    SimNode keeper = List.of(story.d, story.e).stream().filter(story::hasRecord).findFirst().get();
    story.holdBack(keeper, story.c);
    story.start(story.c);
    story.delete(story.b, seen);
    story.pass(10_000);
    assertThat(isForgotten()).isFalse();

    story.letGo(keeper, story.c);
    endsForgotten();
  }

  @Test
  void anOlderDirectoryBringsNothingBack() {
    VersionVector seen = written();
    SimDisk.Snapshot copy = story.c.disk().snapshot();
    story.delete(story.b, seen);
    endsForgotten();

    story.kill(story.c);
    story.replaceDisk(story.c, copy);
    story.start(story.c);
    assertThat(story.read(story.c, 1).values()).isEmpty();
    assertThat(story.count(Event.RETURNED_OLDER)).isEqualTo(1);
    endsForgotten();
  }

  @Test
  void whatIsWrittenAfterwardsStays() {
    VersionVector seen = written();
    story.delete(story.b, seen);
    endsForgotten();
    story.put(story.c, "new", seen);
    story.endsWith("new");
  }
}
