package io.cartwheel.core.replica;

import static io.cartwheel.core.replica.ReplicaBench.AT;
import static io.cartwheel.core.version.Versions.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.cartwheel.core.bucket.BucketType;
import io.cartwheel.core.bucket.BucketType.Limits;
import io.cartwheel.core.fixture.Drawn;
import io.cartwheel.core.fixture.SeededCases;
import io.cartwheel.core.version.ConflictPolicy;
import io.cartwheel.core.version.Content;
import io.cartwheel.core.version.Dot;
import io.cartwheel.core.version.Sibling;
import io.cartwheel.core.version.VersionSet;
import io.cartwheel.core.version.VersionVector;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What replicas do with values that expire: what they do with any. */
class ExpiringWritesTest {
  private static final VersionVector BLIND = VersionVector.EMPTY;
  private static final long MONTH_MILLIS = 30L * 86_400_000;

  private final ReplicaBench bench = new ReplicaBench();
  private final long now = bench.time.wallMillis();

  private static void limit(ReplicaBench bench, int siblings, ConflictPolicy policy) {
    BucketType usual = BucketType.byDefault();
    var limits = new Limits(1_000, siblings, 1_000_000);
    bench.type(
        new BucketType(usual.name(), usual.n(), usual.quorums(), policy, usual.fanout(), limits));
  }

  @Test
  void whatHasExpiredStaysInTheRecordUntilAWriteCoversIt() {
    VersionSet first = bench.put(AT, value("passing").expiringAt(now + 1), BLIND);
    bench.time.pass(10);

    assertThat(bench.read().state()).isEqualTo(first);
    assertThat(bench.put("beside", BLIND).siblings()).hasSize(2);
    assertThat(bench.put("over", first.clock()).siblings()).hasSize(2);
    assertThat(bench.read().state().holds(first.siblings().getFirst().dot())).isFalse();
  }

  @Test
  void aRetryAfterTheExpiryIsRecognisedAndDoesNotProlongIt() {
    VersionSet first = bench.put(AT, value("v", 0, "r").expiringAt(now + 1), BLIND);
    bench.time.pass(10);
    int writes = bench.engine.writes();

    assertThat(bench.put(AT, value("v", 0, "r").expiringAt(now + 11), BLIND)).isEqualTo(first);
    assertThat(bench.engine.writes()).isEqualTo(writes);
  }

  @Test
  void aWriteWithoutExpiryIsNoRetryOfOneThatExpires() {
    bench.put(AT, value("v", 0, "r").expiringAt(now + 1), BLIND);

    VersionSet after = bench.put(AT, value("v", 0, "r"), BLIND);

    assertThat(after.unexpiredAt(now + 1).siblings()).hasSize(1);
  }

  @Test
  void whatHasExpiredDoesNotCountAsASibling() {
    limit(bench, 2, ConflictPolicy.SIBLINGS);
    bench.put(AT, value("one").expiringAt(now + 5), BLIND);
    bench.put(AT, value("two").expiringAt(now + 5), BLIND);

    assertThat(bench.outcome(value("three"), BLIND))
        .isInstanceOf(ReplicaOutcome.SiblingsFull.class);
    bench.time.pass(5);
    assertThat(bench.put("three", BLIND).siblings()).hasSize(3);
  }

  /** It need not be reconciled, but it is stored and sent with every write. */
  @Test
  void whatHasExpiredDoesNotPileUpWithoutBound() {
    limit(bench, 2, ConflictPolicy.SIBLINGS);
    VersionSet pile = VersionSet.EMPTY;
    for (int i = 0; i < 2 * CoordinatedUpdate.WITH_EXPIRED; i++) {
      pile = bench.put(AT, value("v" + i).expiringAt(now), BLIND);
    }

    assertThat(bench.outcome(value("more"), BLIND))
        .isEqualTo(new ReplicaOutcome.SiblingsFull(20, 50));
    assertThat(bench.put("more", pile.clock()).siblings()).hasSize(1);
  }

  @Test
  void aWriteIsLaterThanAnExpiredWinner() {
    limit(bench, 2, ConflictPolicy.LAST_WRITE_WINS);
    bench.time.setWall(now + MONTH_MILLIS);
    bench.put(AT, value("passing").expiringAt(now), BLIND);
    bench.time.setWall(now);

    List<Sibling> left = bench.put("lasting", BLIND).siblings();

    assertThat(left).hasSize(1);
    assertThat(left.getFirst().content().value().toUtf8()).isEqualTo("lasting");
    assertThat(left.getFirst().content().writtenMillis()).isGreaterThan(now + MONTH_MILLIS);
  }

  /**
   * Clocks say when a value is shown; not what replicas hold. One history under clocks that agree
   * and under clocks a month apart ends in the same versions, the same everywhere.
   */
  @Test
  void replicasAMonthApartBecomeEqualAndHoldWhatTheyWouldHoldAnyway() {
    SeededCases.forEach(
        300,
        random -> {
          long seed = random.nextLong();
          assertEquals(ends(seed, 0), ends(seed, MONTH_MILLIS));
        });
  }

  /** Runs a history on three replicas, then has each hear of all; the versions that are left. */
  private static List<String> ends(long seed, long apartMillis) {
    var random = new SplittableRandom(seed);
    var replicas = new ArrayList<ReplicaBench>();
    for (int i = 0; i < 3; i++) {
      var replica = new ReplicaBench(random.split());
      replica.time.setWall(replica.time.wallMillis() + (i - 1) * apartMillis);
      replicas.add(replica);
    }
    long start = replicas.get(1).time.wallMillis();
    for (int step = 0; step < 30; step++) {
      ReplicaBench replica = replicas.get(random.nextInt(3));
      VersionSet other = replicas.get(random.nextInt(3)).read().state();
      Content content = Drawn.content(random).withRequestId(Drawn.bytes(random, 1, 4));
      Content written = content.expires() ? content.expiringAt(start + step) : content;
      switch (random.nextInt(3)) {
        case 0 -> replica.put(AT, written, random.nextBoolean() ? other.clock() : BLIND);
        case 1 -> replica.merge(other);
        default -> replicas.forEach(each -> each.time.pass(1));
      }
    }
    VersionSet all = VersionSet.EMPTY;
    for (ReplicaBench replica : replicas) {
      all = all.merge(replica.read().state());
    }
    for (ReplicaBench replica : replicas) {
      assertEquals(all, replica.merge(all));
      assertEquals(all.hash(), replica.read().state().hash());
    }
    return all.siblings().stream().map(ExpiringWritesTest::named).toList();
  }

  /** All but when it was written, which the coordinator's clock says. */
  private static String named(Sibling sibling) {
    Dot dot = sibling.dot();
    return dot + " " + sibling.content().writtenAt(0).encoded().hash();
  }
}
