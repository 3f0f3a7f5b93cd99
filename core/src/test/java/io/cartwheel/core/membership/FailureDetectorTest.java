package io.cartwheel.core.membership;

import static org.assertj.core.api.Assertions.assertThat;

import io.cartwheel.core.membership.FailureDetector.Health;
import io.cartwheel.core.ring.MemberId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Dynamo §4.8.3: failure is what a node itself sees of others, and no more than that. */
class FailureDetectorTest {
  private static final MemberId B = new MemberId(2);
  private static final MemberId C = new MemberId(3);
  private static final long MILLI = 1_000_000;

  private final FailureDetector detector = new FailureDetector();
  private long now = 1_000 * MILLI;

  @BeforeEach
  void connected() {
    detector.connected(B, now);
  }

  private void pass(long millis) {
    now += millis * MILLI;
  }

  private void answersEvery(long millis) {
    for (int i = 0; i < 60; i++) {
      pass(millis);
      detector.answered(B, now);
    }
  }

  private Health health() {
    return detector.healthOf(B, now);
  }

  private Health after(long millis) {
    return detector.healthOf(B, now + millis * MILLI);
  }

  @Test
  void whoWasNeverTriedIsNeitherTrustedNorSuspected() {
    assertThat(detector.healthOf(C, now)).isEqualTo(Health.UNTRIED);
    detector.said(C, true);
    assertThat(detector.healthOf(C, now)).isEqualTo(Health.UNTRIED);
  }

  @Test
  void whoShookHandsIsTrustedUntilItIsSilentForTooLong() {
    assertThat(health()).isEqualTo(Health.HEALTHY);
    assertThat(after(200)).isEqualTo(Health.HEALTHY);
    assertThat(after(1_000)).isEqualTo(Health.SUSPECT);
  }

  /** The same silence means death of one and nothing of another. */
  @Test
  void silenceIsMeasuredAgainstTheMembersOwnRhythm() {
    answersEvery(100);
    assertThat(after(200)).isEqualTo(Health.HEALTHY);
    assertThat(after(600)).isEqualTo(Health.SUSPECT);

    answersEvery(1_000);
    assertThat(after(1_150)).isEqualTo(Health.HEALTHY);
    assertThat(after(2_000)).isEqualTo(Health.SUSPECT);
  }

  @Test
  void whoAnswersIrregularlyIsGivenMoreTime() {
    answersEvery(500);
    assertThat(after(1_500)).isEqualTo(Health.SUSPECT);

    for (int i = 0; i < 30; i++) {
      pass(250);
      detector.answered(B, now);
      pass(750);
      detector.answered(B, now);
    }
    assertThat(after(1_500)).isEqualTo(Health.HEALTHY);
  }

  /** Under load answers come by the thousand: the next pause of a collector is no death. */
  @Test
  void aBurstOfAnswersMakesNobodyImpatient() {
    for (int i = 0; i < 10_000; i++) {
      now += MILLI / 10;
      detector.answered(B, now);
    }

    assertThat(after(330)).isEqualTo(Health.HEALTHY);
    assertThat(after(1_000)).isEqualTo(Health.SUSPECT);
  }

  @Test
  void aConnectionThatIsRefusedOrBreaksIsSuspectedAtOnce() {
    detector.lost(B);
    detector.lost(C);

    assertThat(health()).isEqualTo(Health.SUSPECT);
    assertThat(detector.healthOf(C, now)).isEqualTo(Health.SUSPECT);
  }

  @Test
  void whoAnswersAgainIsTrustedAgain() {
    pass(60_000);
    assertThat(health()).isEqualTo(Health.SUSPECT);
    detector.answered(B, now);
    assertThat(health()).isEqualTo(Health.HEALTHY);

    detector.lost(B);
    detector.connected(B, now);
    assertThat(health()).isEqualTo(Health.HEALTHY);
  }

  @Test
  void anAnswerThatOutlivedItsConnectionMakesNobodyReachable() {
    detector.lost(B);
    detector.answered(B, now);

    assertThat(health()).isEqualTo(Health.SUSPECT);
  }

  @Test
  void aLongAbsenceIsForgottenOnceTheMemberIsRegularAgain() {
    answersEvery(100);
    pass(30_000);
    detector.answered(B, now);
    answersEvery(100);

    assertThat(after(1_000)).isEqualTo(Health.SUSPECT);
  }

  @Test
  void whoWasHeldUpItselfBlamesNobody() {
    answersEvery(100);
    pass(10_000);
    assertThat(health()).isEqualTo(Health.SUSPECT);
    detector.heldUp(10_000 * MILLI);

    assertThat(health()).isEqualTo(Health.HEALTHY);
    assertThat(after(1_000)).isEqualTo(Health.SUSPECT);
  }

  @Test
  void onlyWhoIsConnectedAndQuietIsWorthAskingForASign() {
    assertThat(detector.isQuiet(B, now)).isFalse();
    assertThat(detector.isQuiet(B, now + 100 * MILLI)).isTrue();
    assertThat(detector.isQuiet(C, now + 100 * MILLI)).isFalse();
    detector.lost(B);
    assertThat(detector.isQuiet(B, now + 100 * MILLI)).isFalse();
  }

  @Test
  void whoWasHeardOfSinceAMomentIsAlive() {
    long asked = now;
    assertThat(detector.answeredSince(B, asked)).isFalse();
    pass(1);
    detector.answered(B, now);

    assertThat(detector.answeredSince(B, asked)).isTrue();
    assertThat(detector.answeredSince(B, now)).isFalse();
    assertThat(detector.answeredSince(C, asked)).isFalse();
  }

  @Test
  void whatAMemberSaysOfItselfIsKeptBesideWhatIsSeenOfIt() {
    detector.said(B, true);
    assertThat(detector.saysItIsSlow(B)).isTrue();
    assertThat(health()).isEqualTo(Health.HEALTHY);
    detector.said(B, false);
    assertThat(detector.saysItIsSlow(B)).isFalse();
    assertThat(detector.saysItIsSlow(C)).isFalse();
  }

  @Test
  void opinionsTellHowSureTheyAre() {
    detector.lost(C);
    pass(60_000);

    var opinions = detector.opinions(now);
    assertThat(opinions.keySet()).containsExactly(B, C);
    assertThat(opinions.get(B)).matches(of -> of.health() == Health.SUSPECT && of.phi() > 100);
    assertThat(opinions.get(C)).isEqualTo(new FailureDetector.Opinion(Health.SUSPECT, 0, false));
  }
}
