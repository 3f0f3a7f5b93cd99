package io.cartwheel.core.coordination;

import static io.cartwheel.core.coordination.Reads.DEFAULT;
import static io.cartwheel.core.coordination.Reads.OLD;
import static io.cartwheel.core.coordination.Reads.all;
import static io.cartwheel.core.coordination.Reads.state;
import static io.cartwheel.core.coordination.Writes.having;
import static io.cartwheel.core.coordination.Writes.put;
import static io.cartwheel.core.coordination.Writes.returningBody;
import static io.cartwheel.core.coordination.Writes.stored;
import static io.cartwheel.core.coordination.Writes.with;
import static io.cartwheel.core.fixture.ShardBench.A;
import static io.cartwheel.core.fixture.ShardBench.B;
import static io.cartwheel.core.fixture.ShardBench.C;
import static io.cartwheel.core.fixture.ShardBench.D;
import static org.assertj.core.api.Assertions.assertThat;

import io.cartwheel.core.bucket.BucketType;
import io.cartwheel.core.bucket.Quorum;
import io.cartwheel.core.fixture.ShardBench;
import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.message.DeleteOutcome;
import io.cartwheel.core.message.DeleteRequest;
import io.cartwheel.core.message.GetOutcome;
import io.cartwheel.core.message.Message.ForwardedPut;
import io.cartwheel.core.message.Message.Refusal;
import io.cartwheel.core.message.Message.Refused;
import io.cartwheel.core.message.Message.ReplicaPut;
import io.cartwheel.core.message.PutOutcome;
import io.cartwheel.core.message.PutRequest;
import io.cartwheel.core.port.Observer.Event;
import io.cartwheel.core.version.Content;
import io.cartwheel.core.version.VersionSet;
import io.cartwheel.core.version.VersionVector;
import io.cartwheel.core.version.Versions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Values that expire, as their coordinators show them. */
class ExpiryTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final long MONTH_MILLIS = 30L * 86_400_000;

  private ShardBench bench = new ShardBench(A, B, C);

  /** What was written over OLD, and expires a minute after the bench's time began. */
  private final VersionSet passing =
      OLD.update(
          OLD.clock(),
          Versions.sibling(
              Versions.dot(9, 1),
              Versions.value("passing").expiringAt(bench.time.wallMillis() + MINUTE.toMillis())));

  @AfterEach
  void nothingIsLeft() {
    bench.assertNothingLeft();
  }

  private static BucketType lasting(Duration ttl) {
    BucketType usual = BucketType.byDefault();
    return new BucketType(
        usual.name(),
        usual.n(),
        usual.quorums(),
        usual.policy(),
        usual.fanout(),
        usual.limits(),
        Optional.of(ttl));
  }

  private static Content written(VersionSet state) {
    return state.siblings().getLast().content();
  }

  private VersionSet read(VersionSet everywhere) {
    List<GetOutcome> outcomes = bench.get(DEFAULT);
    bench.holds(B, everywhere);
    return state(outcomes);
  }

  @Test
  void aReadShowsAValueUntilItExpiresAndThenItsContextAlone() {
    bench.stored(passing);
    assertThat(read(passing)).isEqualTo(passing);
    assertThat(bench.counts.of(Event.EXPIRED_HIDDEN)).isZero();

    bench.time.pass(MINUTE.toMillis());

    assertThat(read(passing).siblings()).isEmpty();
    assertThat(read(passing).clock()).isEqualTo(passing.clock());
    assertThat(bench.counts.of(Event.EXPIRED_HIDDEN)).isEqualTo(2);
  }

  /** Expiry writes nothing: the digests agree, nobody is repaired, the record is what it was. */
  @Test
  void aReadChangesNothingThoughItsClockIsAMonthAhead() {
    bench.stored(passing);
    int writes = bench.engine.writes();
    bench.time.setWall(bench.time.wallMillis() + MONTH_MILLIS);

    assertThat(read(passing).siblings()).isEmpty();

    assertThat(bench.asked(ReplicaPut.class)).isEmpty();
    assertThat(bench.counts.of(Event.DIGEST_MISMATCH)).isZero();
    assertThat(bench.engine.writes()).isEqualTo(writes);
    assertThat(bench.stored()).isEqualTo(passing);
  }

  @Test
  void aStaleReplicaIsSentWhatHasExpiredToo() {
    bench.stored(passing);
    bench.time.pass(MINUTE.toMillis());
    List<GetOutcome> outcomes = bench.get(all(3));
    bench.holds(B, passing);
    bench.holds(C, OLD);

    assertThat(state(outcomes).siblings()).isEmpty();
    assertThat(bench.takes(C)).isEqualTo(passing);
  }

  @Test
  void aWriteWithTheContextOfAReadSupersedesWhatHadExpired() {
    bench.stored(passing);
    bench.time.pass(MINUTE.toMillis());
    VersionVector seen = read(passing).clock();
    bench.put(having(put("next"), seen));

    assertThat(Writes.texts(bench.takes(B))).containsExactly("next");
  }

  @Test
  void aDeleteFindsNothingWhereTheValueHasExpired() {
    bench.stored(passing);
    bench.time.pass(MINUTE.toMillis());
    List<DeleteOutcome> outcomes =
        bench.delete(
            new DeleteRequest(
                ShardBench.KEY,
                VersionVector.EMPTY,
                0,
                Bytes.EMPTY,
                Quorum.DEFAULT,
                PutRequest.Options.DEFAULT));
    bench.holds(B, passing);

    assertThat(outcomes).containsExactly(new DeleteOutcome.NothingThere());
  }

  @Test
  void aBlindWriteBesideWhatHasExpiredIsAllThatIsShownOfTheKey() {
    bench.stored(passing);
    bench.time.pass(MINUTE.toMillis());
    List<PutOutcome> outcomes = bench.put(with(put("next"), returningBody()));
    VersionSet sent = bench.takes(B);

    assertThat(Writes.texts(sent)).containsExactlyInAnyOrder("passing", "next");
    assertThat(stored(outcomes).alone()).isTrue();
    assertThat(Writes.texts(stored(outcomes).state())).containsExactly("next");
    assertThat(stored(outcomes).clock()).isEqualTo(sent.clock());
  }

  @Test
  void aBlindWriteBesideWhatHasNotExpiredIsNotAlone() {
    bench.stored(passing);
    List<PutOutcome> outcomes = bench.put(put("next"));
    bench.takes(B);

    assertThat(stored(outcomes).alone()).isFalse();
  }

  @Test
  void aSpanBecomesAMomentByTheClockOfWhoTookTheRequest() {
    bench.put(put("v").withTtl(Optional.of(MINUTE)));

    assertThat(written(bench.takes(B)).expiresMillis())
        .isEqualTo(bench.time.wallMillis() + MINUTE.toMillis());
  }

  @Test
  void aTypesSpanIsForWritesThatDoNotSayAndForNoDelete() {
    bench = new ShardBench(lasting(MINUTE), A, B, C);
    long now = bench.time.wallMillis();
    bench.put(put("usual"));
    assertThat(written(bench.takes(B)).expiresMillis()).isEqualTo(now + MINUTE.toMillis());

    bench.put(put("longer").withTtl(Optional.of(MINUTE.multipliedBy(2))));
    assertThat(bench.takes(B).siblings())
        .extracting(live -> live.content().expiresMillis() - now)
        .containsExactlyInAnyOrder(60_000L, 120_000L);

    bench.put(put(Versions.tombstone(0)));
    assertThat(bench.takes(B).siblings())
        .extracting(live -> live.content().tombstone() && live.content().expires())
        .containsOnly(false);
  }

  /** Attempts of one request must not differ by what coordinators' clocks say. */
  @Test
  void allCoordinatorsThatAreTriedAreHandedOneMoment() {
    bench = new ShardBench(B, C, D);
    long expires = bench.time.wallMillis() + MINUTE.toMillis();
    bench.put(put("v").withTtl(Optional.of(MINUTE)));
    var first = bench.wire.take(B, ForwardedPut.class);
    bench.time.pass(20);
    bench.shard.replied(B, new Refused(first.id(), Refusal.OVERLOADED));
    PutRequest second = bench.coordinates(C, Writes.storedAt(C));

    assertThat(first.put().content().expiresMillis()).isEqualTo(expires);
    assertThat(second.content()).isEqualTo(first.put().content());
    assertThat(second.ttl()).isEmpty();
  }

  @Test
  void aForwardedWriteGetsNoSpanOfItsCoordinatorsType() {
    bench = new ShardBench(lasting(MINUTE), A, B, C);
    bench.receive(new ForwardedPut(7, put(Versions.value("v", 0, "r")), false, 0, 1_000));

    assertThat(written(bench.takes(B)).expires()).isFalse();
  }

  /** By this clock it is gone at once, by others it is there: it is stored for those. */
  @Test
  void aWriteThatHasExpiredByItsCoordinatorsClockIsStoredAllTheSame() {
    Content content = Versions.value("v", 0, "r").expiringAt(bench.time.wallMillis() - 1);
    List<PutOutcome> outcomes = bench.put(with(put(content), returningBody()));
    VersionSet sent = bench.takes(B);

    assertThat(Writes.texts(sent)).containsExactly("v");
    assertThat(stored(outcomes).alone()).isTrue();
    assertThat(stored(outcomes).state().siblings()).isEmpty();
  }
}
