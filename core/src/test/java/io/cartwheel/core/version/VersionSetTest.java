package io.cartwheel.core.version;

import static io.cartwheel.core.version.Versions.alone;
import static io.cartwheel.core.version.Versions.covering;
import static io.cartwheel.core.version.Versions.dot;
import static io.cartwheel.core.version.Versions.tombstone;
import static io.cartwheel.core.version.Versions.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.item.Encoder;
import io.cartwheel.core.item.MalformedException;
import org.junit.jupiter.api.Test;

class VersionSetTest {
  private static final Dot A = dot(1, 1);
  private static final Dot B = dot(2, 1);

  @Test
  void nothingSeenIsEmptyAndATombstoneIsNot() {
    assertThat(VersionSet.EMPTY.isEmpty()).isTrue();
    assertThat(alone(A, tombstone(1)).isEmpty()).isFalse();
    assertThat(alone(A, tombstone(1)).values()).isEmpty();
  }

  @Test
  void twoContentsUnderOneDotBothStay() {
    VersionSet one = alone(A, value("one"));
    VersionSet two = alone(A, value("two"));

    VersionSet merged = one.merge(two);

    assertThat(merged.siblings()).hasSize(2);
    assertThat(merged.sharedDots()).isEqualTo(1);
    assertThat(merged).isEqualTo(two.merge(one)).isEqualTo(merged.merge(one));
    assertThat(merged.update(covering(A), new Sibling(B, value("after"))).siblings()).hasSize(1);
  }

  @Test
  void distinctDotsAreNotShared() {
    VersionSet merged = alone(A, value("same")).merge(alone(B, value("same")));

    assertThat(merged.sharedDots()).isZero();
  }

  @Test
  void twoContentsUnderOneDotSurviveTheEncoding() throws MalformedException {
    VersionSet merged = alone(A, value("one")).merge(alone(A, value("two")));

    assertThat(VersionSet.decode(merged.encoded())).isEqualTo(merged);
  }

  @Test
  void aWriteAlreadySupersededElsewhereDoesNotComeBack() {
    VersionSet old = alone(A, value("old"));
    VersionSet newer = old.update(old.clock(), new Sibling(B, value("new")));

    assertThat(newer.merge(old)).isEqualTo(newer);
    assertThat(old.merge(newer)).isEqualTo(newer);
  }

  @Test
  void aDeleteSupersedesWhatItSawAndLeavesTheRest() {
    VersionSet both = alone(A, value("a")).merge(alone(B, value("b")));

    VersionSet deleted = both.update(covering(A), new Sibling(dot(3, 1), tombstone(9)));

    assertThat(deleted.values()).extracting(Sibling::dot).containsExactly(B);
    assertThat(deleted.siblings()).hasSize(2);
    assertThat(deleted.merge(both)).isEqualTo(deleted);
  }

  @Test
  void aSiblingThatItsClockDoesNotCoverIsMalformed() {
    var to = new Encoder(64).u8(1);
    covering(A).encode(to);
    to.varint(1);
    B.encode(to);
    to.bytes(value("v").encoded());

    assertMalformed(to.toBytes(), "outside its clock");
  }

  @Test
  void siblingsOutOfOrderOrTwiceAreMalformed() {
    assertMalformed(pair(B, A), "out of order");
    assertMalformed(pair(A, A), "out of order");
  }

  @Test
  void anotherFormatIsMalformed() {
    byte[] encoded = alone(A, value("v")).encoded().toArray();
    encoded[0] = 2;

    assertMalformed(Bytes.wrap(encoded), "format");
  }

  @Test
  void bytesAfterTheEndAreMalformed() {
    Bytes encoded = new Encoder(64).raw(alone(A, value("v")).encoded()).u8(0).toBytes();

    assertMalformed(encoded, "after the end");
  }

  private static Bytes pair(Dot first, Dot second) {
    var to = new Encoder(64).u8(1);
    covering(A, B).encode(to);
    to.varint(2);
    for (Dot dot : new Dot[] {first, second}) {
      dot.encode(to);
      to.bytes(value("v").encoded());
    }
    return to.toBytes();
  }

  private static void assertMalformed(Bytes encoded, String reason) {
    assertThatThrownBy(() -> VersionSet.decode(encoded))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining(reason);
  }
}
