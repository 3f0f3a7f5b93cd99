package io.cartwheel.core.coordination;

import static io.cartwheel.core.coordination.Reads.NEW;
import static io.cartwheel.core.coordination.Reads.OLD;
import static io.cartwheel.core.coordination.Reads.OTHER;
import static io.cartwheel.core.fixture.ShardBench.A;
import static io.cartwheel.core.fixture.ShardBench.B;
import static io.cartwheel.core.fixture.ShardBench.C;
import static org.assertj.core.api.Assertions.assertThat;

import io.cartwheel.core.bucket.Quorum;
import io.cartwheel.core.fixture.ShardBench;
import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.message.DeleteOutcome;
import io.cartwheel.core.message.DeleteRequest;
import io.cartwheel.core.message.Failure;
import io.cartwheel.core.message.Message.ForwardedPut;
import io.cartwheel.core.message.Message.ReplicaGet;
import io.cartwheel.core.message.Message.ReplicaPut;
import io.cartwheel.core.message.PutRequest.Options;
import io.cartwheel.core.ring.MemberId;
import io.cartwheel.core.version.VersionSet;
import io.cartwheel.core.version.VersionVector;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeleteTest {
  private final ShardBench bench = new ShardBench(A, B, C);

  @AfterEach
  void nothingIsLeft() {
    bench.assertNothingLeft();
  }

  private static DeleteRequest delete(VersionVector seen) {
    return new DeleteRequest(
        ShardBench.KEY, seen, 0, Bytes.utf8("request"), Quorum.DEFAULT, Options.DEFAULT);
  }

  private static DeleteOutcome.Deleted deleted(List<DeleteOutcome> outcomes) {
    assertThat(outcomes).singleElement().isInstanceOf(DeleteOutcome.Deleted.class);
    return (DeleteOutcome.Deleted) outcomes.getFirst();
  }

  @Test
  void aDeleteWithAContextWritesATombstoneOverWhatItCovers() {
    bench.stored(OLD.merge(OTHER));
    List<DeleteOutcome> outcomes = bench.delete(delete(OLD.clock()));
    VersionSet sent = bench.takes(B);

    assertThat(sent.values()).isEqualTo(OTHER.siblings());
    assertThat(sent.siblings()).hasSize(2);
    assertThat(deleted(outcomes).alone()).isFalse();
    assertThat(deleted(outcomes).coordinator()).isEqualTo(A.value());
    assertThat(deleted(outcomes).clock()).isEqualTo(sent.clock());
  }

  @Test
  void aDeleteThatCoversEverythingLeavesATombstoneAlone() {
    bench.stored(OLD);
    List<DeleteOutcome> outcomes = bench.delete(delete(OLD.clock()));
    VersionSet sent = bench.takes(B);

    assertThat(sent.values()).isEmpty();
    assertThat(sent.isEmpty()).isFalse();
    assertThat(deleted(outcomes).alone()).isTrue();
  }

  @Test
  void aDeleteWithoutAContextReadsFirstAndCoversWhatItSaw() {
    bench.stored(OLD);
    List<DeleteOutcome> outcomes = bench.delete(delete(VersionVector.EMPTY));
    assertThat(bench.asked(ReplicaPut.class)).isEmpty();
    bench.holds(B, NEW);
    bench.holds(B, NEW);
    VersionSet sent = lastSentTo(C);

    assertThat(sent.clock().covers(NEW.clock())).isTrue();
    assertThat(sent.values()).isEmpty();
    bench.takes(C);
    deleted(outcomes);
  }

  private VersionSet lastSentTo(MemberId peer) {
    return bench.wire.underWay().stream()
        .filter(sent -> sent.to().equals(peer) && sent.request() instanceof ReplicaPut)
        .map(sent -> ((ReplicaPut) sent.request()).state())
        .reduce((_, last) -> last)
        .orElseThrow();
  }

  @Test
  void aDeleteOfNothingFindsNothingAndWritesNothing() {
    List<DeleteOutcome> outcomes = bench.delete(delete(VersionVector.EMPTY));
    bench.holds(B, VersionSet.EMPTY);

    assertThat(outcomes).containsExactly(new DeleteOutcome.NothingThere());
    assertThat(bench.engine.writes()).isZero();
  }

  @Test
  void aDeleteOfWhatIsDeletedFindsNothing() {
    bench.stored(Reads.DELETED);
    List<DeleteOutcome> outcomes = bench.delete(delete(VersionVector.EMPTY));
    bench.holds(B, Reads.DELETED);

    assertThat(outcomes).containsExactly(new DeleteOutcome.NothingThere());
    assertThat(bench.wire.underWay()).isEmpty();
  }

  @Test
  void aVersionWrittenAfterTheReadSurvivesTheDelete() {
    bench.stored(OLD);
    List<DeleteOutcome> outcomes = bench.delete(delete(VersionVector.EMPTY));
    bench.stored(OTHER);
    bench.holds(B, OLD);
    bench.takes(C);

    assertThat(bench.stored().values()).isEqualTo(OTHER.siblings());
    assertThat(deleted(outcomes).alone()).isFalse();
  }

  @Test
  void theReplicaThatAnsweredTheReadFastestCoordinatesTheDelete() {
    var elsewhere = new ShardBench(B, C, ShardBench.D);
    List<DeleteOutcome> outcomes = elsewhere.delete(delete(VersionVector.EMPTY));
    elsewhere.holds(C, OLD);
    elsewhere.holds(B, OLD);

    assertThat(elsewhere.asked(ForwardedPut.class)).containsExactly(C);
    var put = elsewhere.coordinates(C, Writes.storedAt(C));
    assertThat(put.content().tombstone()).isTrue();
    assertThat(put.content().requestId()).isEqualTo(Bytes.utf8("request"));
    assertThat(put.seen()).isEqualTo(OLD.clock());
    assertThat(deleted(outcomes).coordinator()).isEqualTo(C.value());
    elsewhere.assertNothingLeft();
  }

  @Test
  void readAndWriteShareOneDeadline() {
    bench.stored(OLD);
    List<DeleteOutcome> outcomes = bench.delete(delete(VersionVector.EMPTY));
    bench.time.pass(3_000);
    bench.holds(B, OLD);
    bench.time.pass(1_999);
    assertThat(outcomes).isEmpty();
    bench.time.pass(1);

    assertThat(outcomes)
        .containsExactly(new DeleteOutcome.Failed(new Failure.Timeout(2, 1, 1, true)));
  }

  @Test
  void aReadThatFailsIsTheDeletesFailureWithoutEffect() {
    List<DeleteOutcome> outcomes = bench.delete(delete(VersionVector.EMPTY));
    bench.reset(B);
    bench.reset(C);

    assertThat(outcomes)
        .containsExactly(new DeleteOutcome.Failed(new Failure.Unavailable(2, 1, false)));
    assertThat(bench.asked(ReplicaGet.class)).isEmpty();
    assertThat(bench.engine.writes()).isZero();
  }

  @Test
  void aRetriedDeleteIsOneDelete() {
    bench.stored(OLD);
    bench.delete(delete(OLD.clock()));
    VersionSet first = bench.takes(B);
    List<DeleteOutcome> again = bench.delete(delete(OLD.clock()));

    assertThat(bench.takes(B)).isEqualTo(first);
    deleted(again);
  }
}
