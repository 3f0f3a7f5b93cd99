package io.cartwheel.core.antientropy;

import static io.cartwheel.core.antientropy.ExchangeBench.A;
import static io.cartwheel.core.antientropy.ExchangeBench.B;
import static io.cartwheel.core.antientropy.ExchangeBench.C;
import static io.cartwheel.core.antientropy.ExchangeBench.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.item.Hash128;
import io.cartwheel.core.merkle.MerkleTree;
import io.cartwheel.core.merkle.Segments;
import io.cartwheel.core.merkle.TreeId;
import io.cartwheel.core.message.KeyDigests;
import io.cartwheel.core.message.KeyReport;
import io.cartwheel.core.message.Message;
import io.cartwheel.core.message.Message.KeyDigest;
import io.cartwheel.core.port.Observer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Dynamo §4.7: two members that compare themselves with one another. */
class ExchangeTest {
  private static final long MINUTE = 60_000;

  private ExchangeBench bench = new ExchangeBench();

  @Test
  void whatOneHasAndTheOtherLacksIsAtBothInTheEnd() {
    bench.a.holds(key(1), 1);
    bench.b.holds(key(2), 2);

    bench.pass(MINUTE);

    assertThat(bench.a.engine.keys(0)).containsExactlyInAnyOrder(key(1), key(2));
    assertThat(bench.b.engine.keys(0)).containsExactlyInAnyOrder(key(1), key(2));
    assertThat(bench.a.shard.repairs().inSync()).isTrue();
  }

  @Test
  void anOrderToCompareIsObeyedByARoundThatBeginsAfterIt() {
    bench.pass(MINUTE);
    bench.a.shard.repair();
    bench.time.pass(300);
    int asked = bench.a.everAsked(Message.CompareRoots.class).size();

    bench.a.shard.repair();
    bench.a.answeredBy(bench.b);

    assertThat(bench.a.shard.repairs().inSync()).as("after the round that was under way").isFalse();
    bench.pass(MINUTE);
    assertThat(bench.a.shard.repairs().inSync()).isTrue();
    assertThat(bench.a.everAsked(Message.CompareRoots.class)).hasSizeGreaterThan(asked);
  }

  @Test
  void aNodeThatStopsWaitsForNoAnswer() {
    bench.pass(MINUTE);
    bench.a.shard.repair();
    bench.time.pass(300);
    assertThat(bench.a.shard.questionsOpen()).isPositive();

    bench.a.shard.endRepairs();

    assertThat(bench.a.shard.questionsOpen()).isZero();
    bench.a.shard.repair();
    bench.time.pass(MINUTE);
    assertThat(bench.a.shard.questionsOpen()).isZero();
  }

  @Test
  void aTreeThatTheOtherWillNeverHaveIsShownAndLeftAloneForTheUsualInterval() {
    bench = new ExchangeBench(List.of(A, B), Map.of("default", 2), Map.of("default", 1));

    bench.pass(10 * MINUTE);

    assertThat(bench.a.shard.repairs().unlike()).isEqualTo(1);
    assertThat(bench.a.shard.repairs().inSync()).isFalse();
    assertThat(bench.a.everAsked(Message.CompareRoots.class)).hasSize(ExchangeBench.PARTITIONS);
  }

  @Test
  void keysThatOneTakesForAnotherTreesAreShownAndNotRepaired() {
    bench =
        new ExchangeBench(
            List.of(A, B, C),
            Map.of("default", 3, "few", 2, "odd", 2),
            Map.of("default", 3, "few", 2, "odd", 3));
    bench.b.holds(key("odd", 1), 1);

    bench.pass(5 * MINUTE);

    assertThat(bench.a.shard.repairs().unlike()).isEqualTo(1);
    assertThat(bench.a.everAsked(Message.ListKeys.class)).hasSize(1);
    assertThat(bench.a.everAsked(Message.ReplicaGet.class)).isEmpty();
  }

  @Test
  void whatCannotBeFinishedIsTriedLessAndLessOften() {
    bench.pass(MINUTE);
    bench.b.engine.cannotList(0);
    bench.b.holds(key(1), 1);
    bench.a.shard.repair();

    bench.pass(20 * MINUTE);

    // After 5, 10, 20, 40, 80, 160, 300, 300 seconds.
    assertThat(bench.a.shard.repairs().figures().failedRounds()).isBetween(8L, 9L);
  }

  @Test
  void aPartitionThatCannotBeListedDoesNotKeepTheOthersFromBeingCompared() {
    bench.a.engine.cannotList(1);
    bench.b.holds(key(1), 1);

    bench.pass(2 * MINUTE);

    assertThat(bench.a.engine.keys(0)).containsExactly(key(1));
    assertThat(bench.a.shard.repairs().treesMissing()).isEqualTo(1);
    assertThat(bench.a.shard.repairs().inSync()).isFalse();
  }

  @Test
  void aTreeThatIsNotWhatItShouldBeIsMadeAnewThoughOtherKeysOfItDiffer() {
    bench.pass(MINUTE);
    bench.b.holds(key(1), 1);
    bench.a.engine.plant(key(1), bench.b.engine.record(key(1)));
    bench.b.holds(key(2), 2);
    bench.a.shard.repair();

    bench.pass(MINUTE);

    assertThat(bench.a.counts.of(Observer.Event.TREE_MENDED)).isEqualTo(1);
    assertThat(bench.b.counts.of(Observer.Event.TREE_MENDED)).isZero();
    assertThat(bench.a.shard.repairs().inSync()).isTrue();
  }

  @Test
  void longRecordsComeInMorePagesAndAreAllCompared() {
    for (int i = 0; i < 50; i++) {
      bench.a.holds(key(i), i);
    }
    bench.a.engine.listAtOnce(1);
    bench.b.engine.listAtOnce(3);

    bench.pass(2 * MINUTE);

    assertThat(bench.b.engine.keys(0)).hasSize(50);
    assertThat(bench.b.shard.repairs().inSync()).isTrue();
  }

  @Test
  void savedTreesAreComparedAtOnceAndTheRecordsWalkedThroughAfterThat() {
    bench.b.holds(key(1), 1);
    bench.pass(MINUTE);
    Bytes mark = Bytes.utf8("records");
    var saved = bench.a.shard.saveTrees(mark);
    assertThat(saved).hasSize(ExchangeBench.PARTITIONS);

    bench.a.restart(shard -> shard.restoreTrees(mark, saved));

    assertThat(bench.a.shard.repairs().treesMissing()).isZero();
    assertThat(bench.a.shard.repairs().inSync()).as("before it compared").isFalse();
    bench.pass(1_000);
    assertThat(bench.a.shard.repairs().inSync()).isTrue();
    assertThat(bench.a.shard.repairs().walked()).isEqualTo(ExchangeBench.PARTITIONS);
    assertThat(bench.a.counts.of(Observer.Event.TREE_MENDED)).isZero();
  }

  @Test
  void anOwnerTellsWhatAKeysSegmentHoldsOnceItVouchesForIt() {
    bench.b.holds(key(1), 1);
    bench.pass(MINUTE);
    KeyReport.Segment segment = bench.b.segmentOf(key(1));
    assertThat(segment.tree()).isEqualTo(new TreeId(0, 2));
    assertThat(segment.leaf()).isPresent().isNotEqualTo(Optional.of(MerkleTree.NOTHING));
    assertThat(bench.a.segmentOf(key(1))).isEqualTo(segment);

    bench.b.engine.cannotList(0);
    bench.b.restart(_ -> {});
    assertThat(bench.b.segmentOf(key(1)).leaf()).isEmpty();
  }

  @Test
  void keysOfATreeThatThereIsNotAreNotLookedFor() {
    bench.pass(MINUTE);
    assertThat(bench.a.answers(listing(new TreeId(0, 1))))
        .containsExactly(new Message.Refused(7, Message.Refusal.NOT_READY));
    assertThat(bench.a.answers(listing(new TreeId(9, 2))))
        .containsExactly(new Message.Refused(7, Message.Refusal.NOT_READY));
  }

  @Test
  void whoAsksForManyPagesAtOnceIsRefusedWhatIsTooMuch() {
    bench.a.holds(key(1), 1);
    bench.a.holds(key(2), 2);
    bench.pass(MINUTE);
    bench.a.engine.listAtOnce(1);
    for (int i = 0; i < 16; i++) {
      assertThat(bench.a.answers(listing(new TreeId(0, 2)))).isEmpty();
    }

    assertThat(bench.a.answers(listing(new TreeId(0, 2))))
        .containsExactly(new Message.Refused(7, Message.Refusal.OVERLOADED));
    bench.time.pass(10);
    assertThat(bench.a.answers(listing(new TreeId(0, 2)))).isEmpty();
  }

  private static Message.ListKeys listing(TreeId tree) {
    return new Message.ListKeys(7, tree, new Segments(), Optional.empty(), 1_000);
  }

  @Test
  void pagesThatDoNotGoOnEndTheRound() {
    answersWithPages(ask -> new Message.KeysListed(ask.id(), KeyDigests.NONE, ask.after()));
  }

  @Test
  void pagesOfKeysThatWereNotAskedForEndTheRound() {
    answersWithPages(ask ->
        new Message.KeysListed(
            ask.id(),
            KeyDigests.of(List.of(new KeyDigest(key(77), new Hash128(1, 1)))),
            Optional.empty()));
    assertThat(bench.a.everAsked(Message.ReplicaGet.class)).isEmpty();
  }

  /** B's pages are these, beginning with one that is empty and reaches a little way. */
  private void answersWithPages(Function<Message.ListKeys, Message.Reply> page) {
    bench.pass(MINUTE);
    bench.a.holds(key(1), 1);
    bench.a.shard.repair();
    long failed = bench.a.shard.repairs().figures().failedRounds();
    bench.answersToA(request ->
        request instanceof Message.ListKeys ask
            ? Optional.of(
                ask.after().isEmpty()
                    ? new Message.KeysListed(ask.id(), KeyDigests.NONE, Optional.of(key(0)))
                    : page.apply(ask))
            : Optional.empty());

    bench.pass(3_000);

    assertThat(bench.a.shard.repairs().figures().failedRounds()).isEqualTo(failed + 1);
    assertThat(bench.a.everAsked(Message.ListKeys.class)).hasSize(2);
  }
}
