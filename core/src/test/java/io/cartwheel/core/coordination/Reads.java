package io.cartwheel.core.coordination;

import static org.assertj.core.api.Assertions.assertThat;

import io.cartwheel.core.bucket.Fanout;
import io.cartwheel.core.bucket.Quorum;
import io.cartwheel.core.message.Failure;
import io.cartwheel.core.message.GetOutcome;
import io.cartwheel.core.message.GetRequest;
import io.cartwheel.core.message.GetRequest.Options;
import io.cartwheel.core.version.VersionSet;
import io.cartwheel.core.version.Versions;
import java.util.List;
import java.util.Optional;

/** What tests of reads say again and again. */
final class Reads {
  static final VersionSet NOTHING = VersionSet.EMPTY;
  static final VersionSet OLD = Versions.alone(Versions.dot(8, 1), Versions.value("old"));
  static final VersionSet NEW =
      OLD.update(OLD.clock(), Versions.sibling(Versions.dot(9, 1), Versions.value("new")));
  static final VersionSet OTHER = Versions.alone(Versions.dot(7, 1), Versions.value("other"));
  static final VersionSet DELETED =
      OLD.update(OLD.clock(), Versions.sibling(Versions.dot(9, 2), Versions.tombstone(5)));

  static final Options DEFAULT = GetRequest.Options.DEFAULT;

  private Reads() {}

  static Options r(int replicas) {
    return DEFAULT.withR(new Quorum.Exactly(replicas));
  }

  static Options all(int replicas) {
    return r(replicas).withFanout(Fanout.ALL);
  }

  /** As many owners must answer themselves. */
  static Options pr(int owners) {
    return new Options(
        DEFAULT.r(),
        new Quorum.Exactly(owners),
        DEFAULT.sloppy(),
        DEFAULT.nodeConfirms(),
        DEFAULT.notFoundOk(),
        DEFAULT.basicQuorum(),
        DEFAULT.fanout(),
        DEFAULT.timeoutMillis());
  }

  /** One answer is enough, but as many members must give one; all are asked. */
  static Options nodeConfirms(int members) {
    return new Options(
        Quorum.ONE,
        DEFAULT.pr(),
        DEFAULT.sloppy(),
        members,
        DEFAULT.notFoundOk(),
        DEFAULT.basicQuorum(),
        Optional.of(Fanout.ALL),
        DEFAULT.timeoutMillis());
  }

  /** The same, of primaries alone. */
  static Options strict(Options options) {
    return new Options(
        options.r(),
        options.pr(),
        Optional.of(false),
        options.nodeConfirms(),
        options.notFoundOk(),
        options.basicQuorum(),
        options.fanout(),
        options.timeoutMillis());
  }

  static Options notFound(int replicas, boolean ok, boolean basicQuorum) {
    return new Options(
        new Quorum.Exactly(replicas),
        Quorum.DEFAULT,
        Optional.empty(),
        0,
        Optional.of(ok),
        Optional.of(basicQuorum),
        Optional.empty(),
        1_000);
  }

  /** The one answer there is, which must be a state. */
  static VersionSet state(List<GetOutcome> outcomes) {
    assertThat(outcomes).singleElement().isInstanceOf(GetOutcome.Read.class);
    return ((GetOutcome.Read) outcomes.getFirst()).state();
  }

  static long fastest(List<GetOutcome> outcomes) {
    return ((GetOutcome.Read) outcomes.getFirst()).fastestReplier();
  }

  /** The one answer there is, which must be a failure. */
  static Failure failure(List<GetOutcome> outcomes) {
    assertThat(outcomes).singleElement().isInstanceOf(GetOutcome.Failed.class);
    return ((GetOutcome.Failed) outcomes.getFirst()).failure();
  }
}
