package io.cartwheel.core.item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.cartwheel.core.fixture.Drawn;
import io.cartwheel.core.fixture.SeededCases;
import org.junit.jupiter.api.Test;

class ItemKeyTest {
  @Test
  void aKeySurvivesItsEncoding() {
    SeededCases.forEach(
        2_000,
        random -> {
          ItemKey key = Drawn.key(random);
          assertEquals(key, ItemKey.decode(new Decoder(key.encoded())));
        });
  }

  @Test
  void namesThatRunIntoOneAnotherStayDifferent() {
    assertThat(ItemKey.of("ab", "c").encoded()).isNotEqualTo(ItemKey.of("a", "bc").encoded());
  }

  @Test
  void lengthsOutsideTheLimitsAreRefused() {
    assertThat(key(255, 255, 1024)).isNotNull();
    for (int[] lengths :
        new int[][] {{0, 1, 1}, {256, 1, 1}, {1, 0, 1}, {1, 256, 1}, {1, 1, 0}, {1, 1, 1025}}) {
      assertThatThrownBy(() -> key(lengths[0], lengths[1], lengths[2]))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void lengthsOutsideTheLimitsAreMalformedWhenDecoded() {
    var to = new Encoder(32).bytes(Bytes.utf8("t")).bytes(Bytes.EMPTY).bytes(Bytes.utf8("k"));

    assertThatThrownBy(() -> ItemKey.decode(new Decoder(to.toBytes())))
        .isInstanceOf(MalformedException.class);
  }

  private static ItemKey key(int type, int bucket, int key) {
    return new ItemKey(
        Bytes.wrap(new byte[type]), Bytes.wrap(new byte[bucket]), Bytes.wrap(new byte[key]));
  }
}
