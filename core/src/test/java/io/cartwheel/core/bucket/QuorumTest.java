package io.cartwheel.core.bucket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuorumTest {
  @ParameterizedTest
  @CsvSource({
    "one, 1, 1, 1, 1, 1",
    "quorum, 1, 2, 2, 3, 3",
    "all, 1, 2, 3, 4, 5",
    "default, 1, 2, 3, 4, 5",
    "0, 0, 0, 0, 0, 0",
    "2, 2, 2, 2, 2, 2"
  })
  void wordsFollowTheOwnersThereAreAndNumbersDoNot(
      String text, int of1, int of2, int of3, int of4, int of5) {
    Quorum quorum = Quorum.parse(text).orElseThrow();
    int[] expected = {of1, of2, of3, of4, of5};
    for (int owners = 1; owners <= 5; owners++) {
      assertThat(quorum.among(owners, Quorum.ALL)).isEqualTo(expected[owners - 1]);
    }
  }

  /** Two majorities of the same owners share one: R + W > N. */
  @Test
  void aQuorumIsTheLeastMajority() {
    for (int owners = 1; owners <= Quorum.MAX; owners++) {
      int quorum = Quorum.QUORUM.among(owners, Quorum.ONE);
      assertThat(2 * quorum).isGreaterThan(owners);
      assertThat(2 * (quorum - 1)).isLessThanOrEqualTo(owners);
    }
  }

  @Test
  void wordsAreReadInAnyCase() {
    assertThat(Quorum.parse("Quorum")).contains(Quorum.QUORUM);
    assertThat(Quorum.parse("ONE")).contains(Quorum.ONE);
    assertThat(Quorum.parse("all")).contains(Quorum.ALL);
    assertThat(Quorum.parse("default")).contains(Quorum.DEFAULT);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 127})
  void numbersAreReadUpToTheLargest(int count) {
    assertThat(Quorum.parse(Integer.toString(count))).contains(new Quorum.Exactly(count));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "128",
        "999",
        "1000",
        "99999999999",
        "-1",
        "+1",
        "1.0",
        "0x1",
        "two",
        "quorums",
        "\u0663"
      })
  void anythingElseIsNoQuorum(String text) {
    assertThat(Quorum.parse(text)).isEmpty();
  }

  @Test
  void aNumberOutsideTheLimitsIsAMistake() {
    assertThatThrownBy(() -> new Quorum.Exactly(-1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Quorum.Exactly(128)).isInstanceOf(IllegalArgumentException.class);
  }

  /** Dynamo §6: the common configuration is (N, R, W) = (3, 2, 2). */
  @Test
  void theDefaultTypeIsThreeTwoTwo() {
    BucketType type = BucketType.byDefault();

    assertThat(type.n()).isEqualTo(3);
    assertThat(type.quorums().r().among(3, Quorum.ALL)).isEqualTo(2);
    assertThat(type.quorums().w().among(3, Quorum.ALL)).isEqualTo(2);
  }
}
