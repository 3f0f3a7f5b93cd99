package io.cartwheel.core.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.cartwheel.core.membership.FailureDetector.Health;
import io.cartwheel.core.message.Explanation.Answer;
import io.cartwheel.core.message.Explanation.Cause;
import io.cartwheel.core.message.Explanation.Statement;
import io.cartwheel.core.message.KeyReport.Copy;
import io.cartwheel.core.ring.MemberId;
import io.cartwheel.core.ring.PreferenceList;
import io.cartwheel.core.version.VersionSet;
import io.cartwheel.core.version.Versions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which members' copies are not as they should be. Of four members three are owners. */
class ExplanationTest {
  private static final List<MemberId> MEMBERS =
      List.of(new MemberId(1), new MemberId(2), new MemberId(3), new MemberId(4));
  private static final VersionSet OLD = Versions.alone(Versions.dot(8, 1), Versions.value("old"));
  private static final VersionSet OTHER =
      Versions.alone(Versions.dot(9, 1), Versions.value("other"));
  private static final VersionSet BOTH = OLD.merge(OTHER);
  private static final Copy NOTHING = new Copy.Absent();

  private static Copy held(VersionSet state) {
    return Copy.Held.of(state, 0, Optional.empty());
  }

  private static Answer says(Copy copy) {
    return new Answer.Reported(new KeyReport(false, copy, Optional.empty()));
  }

  private static Explanation explained(Answer... answers) {
    var statements = new ArrayList<Statement>();
    for (int i = 0; i < answers.length; i++) {
      statements.add(new Statement(MEMBERS.get(i), Health.HEALTHY, answers[i]));
    }
    return new Explanation(new PreferenceList(0, 1, 3, MEMBERS), statements);
  }

  private static List<Integer> differing(Copy... copies) {
    var answers = new ArrayList<Answer>();
    for (Copy copy : copies) {
      answers.add(says(copy));
    }
    return explained(answers.toArray(Answer[]::new)).differing().stream()
        .map(MEMBERS::indexOf)
        .toList();
  }

  @Test
  void ownersThatHoldTheSameAgree() {
    assertThat(differing(held(BOTH), held(BOTH), held(BOTH), NOTHING)).isEmpty();
    assertThat(differing(NOTHING, NOTHING, NOTHING, NOTHING)).isEmpty();
  }

  @Test
  void whoLacksAWriteDiffers() {
    assertThat(differing(held(BOTH), held(OLD), held(BOTH), NOTHING)).containsExactly(1);
    assertThat(differing(held(BOTH), NOTHING, held(BOTH), NOTHING)).containsExactly(1);
  }

  @Test
  void ownersThatEachLackWhatAnotherHasAllDiffer() {
    assertThat(differing(held(OLD), held(OTHER), held(OLD), NOTHING)).containsExactly(0, 1, 2);
  }

  @Test
  void aStandInIsComparedByWhatItHolds() {
    assertThat(differing(held(BOTH), held(BOTH), held(BOTH), held(OLD))).containsExactly(3);
    assertThat(differing(held(OLD), held(OLD), held(OLD), held(BOTH))).containsExactly(0, 1, 2);
    assertThat(differing(NOTHING, NOTHING, NOTHING, held(OLD))).containsExactly(0, 1, 2);
  }

  @Test
  void aDamagedCopyDiffersFromAll() {
    assertThat(differing(held(BOTH), new Copy.Damaged(), held(BOTH), NOTHING)).containsExactly(1);
    assertThat(differing(NOTHING, NOTHING, NOTHING, new Copy.Damaged())).containsExactly(3);
  }

  /** A copied disk, or a bug. */
  @Test
  void copiesThatSawTheSameAndAreNotEqualAllDiffer() {
    VersionSet forged = Versions.alone(Versions.dot(8, 1), Versions.value("forged"));

    assertThat(differing(held(OLD), held(OLD), held(forged), NOTHING)).containsExactly(0, 1, 2);
  }

  @Test
  void whoDidNotAnswerIsMissingAndDoesNotDiffer() {
    Explanation explanation =
        explained(
            says(held(BOTH)),
            new Answer.Missing(Cause.SUSPECTED),
            says(held(BOTH)),
            new Answer.Missing(Cause.FAILED));

    assertThat(explanation.differing()).isEmpty();
    assertThat(explanation.missing()).containsExactly(MEMBERS.get(1), MEMBERS.get(3));
    assertThat(explanation.isAnswered()).isTrue();
    assertThat(explained(new Answer.Missing(Cause.TIMED_OUT)).isAnswered()).isFalse();
  }
}
