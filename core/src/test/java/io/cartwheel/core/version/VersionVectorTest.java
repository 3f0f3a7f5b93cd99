package io.cartwheel.core.version;

import static io.cartwheel.core.version.Versions.covering;
import static io.cartwheel.core.version.Versions.dot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.cartwheel.core.fixture.Drawn;
import io.cartwheel.core.fixture.SeededCases;
import io.cartwheel.core.item.Decoder;
import io.cartwheel.core.item.Encoder;
import io.cartwheel.core.item.MalformedException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class VersionVectorTest {
  @Test
  void aDotIsCoveredByItsOwnEpochsCounterAlone() {
    VersionVector seen = covering(dot(1, 5));

    assertThat(seen.covers(dot(1, 5))).isTrue();
    assertThat(seen.covers(dot(1, 4))).isTrue();
    assertThat(seen.covers(dot(1, 6))).isFalse();
    assertThat(seen.covers(dot(2, 1))).isFalse();
    assertThat(seen.covers(new Dot(new Epoch(1, 2), 5))).isFalse();
    assertThat(VersionVector.EMPTY.covers(dot(1, 1))).isFalse();
  }

  @Test
  void countersAndStartsAreUnsigned() {
    VersionVector seen = covering(dot(1, -1), dot(-1, 1));

    assertThat(seen.covers(dot(1, Long.MAX_VALUE))).isTrue();
    assertThat(covering(dot(1, Long.MAX_VALUE)).covers(dot(1, -1))).isFalse();
    assertThat(seen.entries()).containsExactly(dot(1, -1), dot(-1, 1));
  }

  @Test
  void aJoinCoversExactlyWhatEitherSideCovers() {
    SeededCases.forEach(
        20_000,
        random -> {
          VersionVector left = Drawn.vector(random);
          VersionVector right = Drawn.vector(random);
          VersionVector joined = left.join(right);
          for (int i = 0; i < 10; i++) {
            Dot dot = Drawn.dot(random);
            assertEquals(left.covers(dot) || right.covers(dot), joined.covers(dot));
          }
          assertEquals(right.join(left), joined);
          assertEquals(joined, joined.join(left));
          assertEquals(left.equals(joined), left.covers(right));
        });
  }

  @Test
  void aVectorSurvivesItsEncoding() {
    SeededCases.forEach(
        20_000,
        random -> {
          VersionVector vector = Drawn.vector(random);
          assertEquals(vector, decoded(encoding(vector)));
        });
  }

  @Test
  void entriesOutOfOrderAreMalformed() {
    assertThatThrownBy(() -> decoded(entries(dot(2, 1), dot(1, 1))))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void anEpochNamedTwiceIsMalformed() {
    assertThatThrownBy(() -> decoded(entries(dot(1, 1), dot(1, 2))))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void vectorsOfDifferentOrderOfArrivalAreTheSameBytes() {
    var random = new SplittableRandom(1);
    for (int i = 0; i < 1_000; i++) {
      Dot[] dots = {Drawn.dot(random), Drawn.dot(random), Drawn.dot(random)};
      assertThat(encoding(covering(dots)).toBytes())
          .isEqualTo(encoding(covering(dots[2], dots[0], dots[1])).toBytes());
    }
  }

  private static Encoder entries(Dot... dots) {
    var to = new Encoder(64).varint(dots.length);
    for (Dot dot : dots) {
      dot.encode(to);
    }
    return to;
  }

  private static Encoder encoding(VersionVector vector) {
    var to = new Encoder(64);
    vector.encode(to);
    return to;
  }

  private static VersionVector decoded(Encoder encoding) throws MalformedException {
    return VersionVector.decode(new Decoder(encoding.toBytes()));
  }
}
