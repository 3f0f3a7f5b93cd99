package io.cartwheel.core.coordination;

import static io.cartwheel.core.coordination.Reads.NOTHING;
import static io.cartwheel.core.coordination.Reads.OLD;
import static io.cartwheel.core.coordination.Reads.notFound;
import static io.cartwheel.core.fixture.ShardBench.A;
import static io.cartwheel.core.fixture.ShardBench.B;
import static io.cartwheel.core.fixture.ShardBench.C;
import static org.assertj.core.api.Assertions.assertThat;

import io.cartwheel.core.fixture.ShardBench;
import io.cartwheel.core.message.Failure;
import io.cartwheel.core.message.GetOutcome;
import io.cartwheel.core.message.Message.ReplicaGet;
import io.cartwheel.core.ring.MemberId;
import io.cartwheel.core.version.VersionSet;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What "not found" counts for: tables of notfound_ok and basic_quorum at N=3. */
class GetNotFoundTest {
  private final ShardBench bench = new ShardBench(A, B, C);

  /**
   * What A, B and C hold, in the order of their answers (x: the key, -: nothing, !: refuses, and
   * what is left out is not needed), and what the client hears.
   */
  @ParameterizedTest
  @CsvSource({
    // notfound_ok: nothing is an answer as good as any.
    "true, false, 1, '-', nothing",
    "true, false, 2, '--', nothing",
    "true, false, 2, '-x', found",
    "true, false, 2, '-!-', nothing",
    "true, false, 3, '---', nothing",
    "true, false, 3, '--x', found",
    "true, true,  2, '--', nothing",
    // Without it, r replicas must hold something, and all are asked before nothing is believed.
    "false, false, 1, '-x', found",
    "false, false, 1, '--x', found",
    "false, false, 1, '---', nothing",
    "false, false, 2, 'xx', found",
    "false, false, 2, 'x-x', found",
    "false, false, 2, 'x--', unavailable",
    "false, false, 2, '---', nothing",
    "false, false, 2, '--!', nothing",
    "false, false, 2, '-!!', unavailable",
    "false, false, 3, 'xxx', found",
    "false, false, 3, 'xx-', unavailable",
    // basic_quorum: a majority that has nothing is believed without asking the rest.
    "false, true,  1, '--', nothing",
    "false, true,  1, '-x', found",
    "false, true,  2, '--', nothing",
    "false, true,  2, 'x-x', found",
    "false, true,  2, 'x--', unavailable",
    "false, true,  3, '--', nothing"
  })
  void whatAReadMakesOfNotFound(
      boolean ok, boolean basicQuorum, int r, String answers, String expected) {
    if (answers.charAt(0) == 'x') {
      bench.stored(OLD);
    }
    List<GetOutcome> outcomes = bench.get(notFound(r, ok, basicQuorum));
    for (char answer : answers.substring(1).toCharArray()) {
      assertThat(outcomes).as("before %s", answer).isEmpty();
      switch (answer) {
        case 'x' -> answerNext(OLD);
        case '-' -> answerNext(NOTHING);
        default -> bench.reset(next());
      }
    }

    assertThat(outcomes).singleElement().extracting(GetNotFoundTest::word).isEqualTo(expected);
    bench.assertNothingLeft();
    assertThat(outcomes).hasSize(1);
  }

  /** The next replica answers, its digest and then its state if that is asked for. */
  private void answerNext(VersionSet state) {
    var peer = next();
    bench.holds(peer, state);
    if (bench.asked(ReplicaGet.class).contains(peer)) {
      bench.holds(peer, state);
    }
  }

  private MemberId next() {
    return bench.asked(ReplicaGet.class).contains(B) ? B : C;
  }

  private static String word(GetOutcome outcome) {
    return switch (outcome) {
      case GetOutcome.Read(VersionSet state, _) -> state.isEmpty() ? "nothing" : "found";
      case GetOutcome.Failed(Failure failure) ->
          failure instanceof Failure.Unavailable ? "unavailable" : failure.toString();
    };
  }
}
