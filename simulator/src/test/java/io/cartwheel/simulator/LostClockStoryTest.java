package io.cartwheel.simulator;

import static io.cartwheel.simulator.Story.texts;
import static org.assertj.core.api.Assertions.assertThat;

import io.cartwheel.core.port.Observer.Event;
import io.cartwheel.core.version.Dot;
import io.cartwheel.core.version.VersionSet;
import io.cartwheel.core.version.VersionVector;
import org.junit.jupiter.api.Test;

/**
 * The lost clock and its kin (riak_kv 679) among whole nodes: a coordinator that lost its state of
 * a key must not go on as if it knew what it forgot, or merges erase what was acknowledged.
 */
class LostClockStoryTest {
  private static final VersionVector BLIND = VersionVector.EMPTY;

  private final Story story = new Story();

  @Test
  void kv679AnOwnerThatLostItsDiskCoordinatesBeforeItIsRefilled() {
    story.put(story.a, "acknowledged", BLIND);
    story.kill(story.a);
    story.replaceDisk(story.a, story.emptyDisk());
    story.start(story.a);
    assertThat(story.hasRecord(story.a)).isFalse();

    story.put(story.a, "new", BLIND);

    story.endsWith("acknowledged", "new");
  }

  /** The record is gone from under the running process: its counters go on. */
  @Test
  void kv679AnOwnerWhoseDiskWasEmptiedWhileItRanCoordinatesAgain() {
    story.put(story.a, "acknowledged", BLIND);
    story.a.disk().restore(story.emptyDisk());

    story.put(story.a, "new", BLIND);

    story.endsWith("acknowledged", "new");
  }

  @Test
  void kv679AFallbackCoordinatesHandsItsHintOverForgetsTheKeyAndCoordinatesAgain() {
    story.kill(story.a, story.b, story.c, story.e);
    story.putAnywhere(story.d, "acknowledged", BLIND);
    Dot before = story.held(story.d).siblings().getFirst().dot();
    story.start(story.a, story.b, story.c, story.e);
    story.passUntilAllIsCalm();
    assertThat(story.hasRecord(story.d)).as("handed over and deleted").isFalse();
    assertThat(story.count(Event.HINT_DELIVERED)).isEqualTo(3);

    story.kill(story.a, story.b, story.c, story.e);
    story.putAnywhere(story.d, "again", BLIND);
    assertThat(story.held(story.d).clock().covers(before)).isFalse();
    story.start(story.a, story.b, story.c, story.e);

    story.endsWith("acknowledged", "again");
  }

  /** A tombstone from before the loss must not cover a write that it never saw. */
  @Test
  void kv679ADoomstoneFromBeforeTheLossSparesAConcurrentWriteAfterIt() {
    story.put(story.a, "deleted", BLIND);
    VersionVector seen = story.read(story.a, 2).clock();
    story.delete(story.a, seen);
    story.kill(story.a);
    story.replaceDisk(story.a, story.emptyDisk());
    story.start(story.a);

    story.put(story.a, "concurrent", seen);

    assertThat(texts(story.read(story.b, 3))).containsExactly("concurrent");
    story.endsWith("concurrent");
  }

  /** A tombstone that an amnesiac coordinates must not cover what it forgot. */
  @Test
  void kv679ADoomstoneFromAfterTheLossSparesTheWriteThatWasForgotten() {
    story.put(story.a, "deleted", BLIND);
    VersionVector seen = story.read(story.a, 2).clock();
    story.put(story.a, "concurrent", BLIND);
    story.kill(story.a);
    story.replaceDisk(story.a, story.emptyDisk());
    story.start(story.a);

    story.delete(story.a, seen);

    assertThat(texts(story.read(story.b, 3))).containsExactly("concurrent");
    story.endsWith("concurrent");
  }

  /** A node starts on a copy of another's directory: neither goes on where the other was. */
  @Test
  void kv679TwoNodesOnCopiesOfOneDirectoryBothCoordinate() {
    story.put(story.a, "first", BLIND);
    SimDisk.Snapshot copy = story.a.disk().snapshot();
    story.kill(story.b);
    story.replaceDisk(story.b, copy);
    story.start(story.b);

    story.holdBack(story.a, story.b);
    story.holdBack(story.b, story.a);
    story.put(story.a, "by the one", BLIND);
    story.put(story.b, "by the other", BLIND);
    story.letGo(story.a, story.b);
    story.letGo(story.b, story.a);

    story.endsWith("first", "by the one", "by the other");
    assertThat(story.count(Event.DOT_SHARED)).isZero();
  }

  @Test
  void kv679ANodeOnARestoredDirectoryCoordinatesAndErasesNothingNewer() {
    story.put(story.a, "older", BLIND);
    SimDisk.Snapshot older = story.a.disk().snapshot();
    VersionSet known = story.read(story.a, 3);
    story.put(story.a, "newer", known.clock());
    story.kill(story.a);
    story.replaceDisk(story.a, older);
    story.start(story.a);
    assertThat(texts(story.held(story.a))).containsExactly("older");

    story.put(story.a, "after", BLIND);

    story.endsWith("newer", "after");
  }

  /** Nor does a restored directory bring back what was deleted since. */
  @Test
  void aNodeOnARestoredDirectoryBringsNothingBackThatWasDeleted() {
    story.put(story.a, "deleted", BLIND);
    SimDisk.Snapshot older = story.a.disk().snapshot();
    story.delete(story.a, story.read(story.a, 3).clock());
    story.kill(story.a);
    story.replaceDisk(story.a, older);
    story.start(story.a);

    assertThat(texts(story.read(story.a, 2))).isEmpty();
    story.endsWith();
  }
}
