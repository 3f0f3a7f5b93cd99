package io.cartwheel.core.coordination;

import static org.assertj.core.api.Assertions.assertThat;

import io.cartwheel.core.bucket.Quorum;
import io.cartwheel.core.fixture.ShardBench;
import io.cartwheel.core.message.Failure;
import io.cartwheel.core.message.PutOutcome;
import io.cartwheel.core.message.PutRequest;
import io.cartwheel.core.message.PutRequest.Options;
import io.cartwheel.core.ring.MemberId;
import io.cartwheel.core.version.Content;
import io.cartwheel.core.version.VersionSet;
import io.cartwheel.core.version.VersionVector;
import io.cartwheel.core.version.Versions;
import java.util.List;
import java.util.Optional;

/** What tests of writes say again and again. */
final class Writes {
  private Writes() {}

  static PutRequest put(Content content) {
    return new PutRequest(ShardBench.KEY, content, VersionVector.EMPTY, 0, Options.DEFAULT);
  }

  static PutRequest put(String text) {
    return put(Versions.value(text));
  }

  static PutRequest having(PutRequest put, VersionVector seen) {
    return new PutRequest(
        put.key(), put.content(), seen, put.preferredCoordinator(), put.options());
  }

  static PutRequest preferring(PutRequest put, MemberId coordinator) {
    return new PutRequest(put.key(), put.content(), put.seen(), coordinator.value(), put.options());
  }

  static PutRequest with(PutRequest put, Options options) {
    return new PutRequest(
        put.key(), put.content(), put.seen(), put.preferredCoordinator(), options);
  }

  static Options w(int replicas) {
    return quorums(new Quorum.Exactly(replicas), Quorum.DEFAULT, Quorum.DEFAULT);
  }

  static Options dw(int replicas) {
    return quorums(Quorum.DEFAULT, new Quorum.Exactly(replicas), Quorum.DEFAULT);
  }

  static Options pw(int replicas) {
    return quorums(Quorum.ONE, Quorum.DEFAULT, new Quorum.Exactly(replicas));
  }

  /** The same, by primaries alone. */
  static Options strict(Options options) {
    return new Options(
        options.w(),
        options.dw(),
        options.pw(),
        Optional.of(false),
        options.nodeConfirms(),
        options.timeoutMillis(),
        options.returnBody());
  }

  static Options nodes(int confirming) {
    return new Options(
        Quorum.ONE,
        Quorum.DEFAULT,
        Quorum.DEFAULT,
        Optional.empty(),
        confirming,
        Options.DEFAULT.timeoutMillis(),
        false);
  }

  static Options quorums(Quorum w, Quorum dw, Quorum pw) {
    return new Options(w, dw, pw, Optional.empty(), 0, Options.DEFAULT.timeoutMillis(), false);
  }

  static Options returningBody() {
    Options usual = Options.DEFAULT;
    return new Options(
        usual.w(), usual.dw(), usual.pw(), Optional.empty(), 0, usual.timeoutMillis(), true);
  }

  /** The one answer there is, which must be a success. */
  static PutOutcome.Stored stored(List<PutOutcome> outcomes) {
    assertThat(outcomes).singleElement().isInstanceOf(PutOutcome.Stored.class);
    return (PutOutcome.Stored) outcomes.getFirst();
  }

  /** The one answer there is, which must be a failure. */
  static Failure failure(List<PutOutcome> outcomes) {
    assertThat(outcomes).singleElement().isInstanceOf(PutOutcome.Failed.class);
    return ((PutOutcome.Failed) outcomes.getFirst()).failure();
  }

  /** A success that another coordinator tells of. */
  static PutOutcome.Stored storedAt(MemberId coordinator) {
    return new PutOutcome.Stored(
        Versions.covering(Versions.dot(9, 9)), true, coordinator.value(), VersionSet.EMPTY);
  }

  static PutOutcome failed(Failure failure) {
    return new PutOutcome.Failed(failure);
  }

  static List<String> texts(VersionSet state) {
    return state.siblings().stream().map(live -> live.content().value().toUtf8()).toList();
  }
}
