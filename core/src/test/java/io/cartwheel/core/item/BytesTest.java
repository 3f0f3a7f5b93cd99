package io.cartwheel.core.item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.cartwheel.core.fixture.Drawn;
import io.cartwheel.core.fixture.SeededCases;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class BytesTest {
  @Test
  void aSliceIsEqualToItsBytesWhereverTheyLie() {
    SeededCases.forEach(
        5_000,
        random -> {
          Bytes whole = Drawn.bytes(random, 0, 40);
          int from = random.nextInt(whole.length() + 1);
          int to = random.nextInt(from, whole.length() + 1);
          Bytes slice = whole.slice(from, to);
          Bytes copy = Bytes.wrap(Arrays.copyOfRange(whole.toArray(), from, to));
          assertEquals(copy, slice);
          assertEquals(copy.hashCode(), slice.hashCode());
          assertEquals(copy.hash(), slice.hash());
          assertEquals(copy.checksum(), slice.checksum());
          assertEquals(copy, slice.compact());
          assertEquals(0, copy.compareTo(slice));
        });
  }

  @Test
  void bytesAreComparedUnsignedAndAPrefixComesFirst() {
    assertThat(bytes(1, 2)).isLessThan(bytes(1, 2, 0));
    assertThat(bytes(1, 127)).isLessThan(bytes(1, 128));
    assertThat(bytes()).isLessThan(bytes(0));
    assertThat(bytes(2)).isGreaterThan(bytes(1, 255));
  }

  @Test
  void slicesBeyondTheEndAreRefused() {
    for (int[] range : new int[][] {{-1, 1}, {0, 4}, {2, 1}, {4, 4}}) {
      assertThatThrownBy(() -> bytes(1, 2, 3).slice(range[0], range[1]))
          .isInstanceOf(IndexOutOfBoundsException.class);
    }
    assertThatThrownBy(() -> Bytes.wrap(new byte[3], 2, Integer.MAX_VALUE))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> bytes(1, 2, 3).slice(0, 2).at(2))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void aChangedCopyLeavesTheBytesAlone() {
    Bytes bytes = bytes(1, 2, 3);
    bytes.toArray()[0] = 9;

    assertThat(bytes).isEqualTo(bytes(1, 2, 3));
    assertThat(bytes.toBuffer().isReadOnly()).isTrue();
  }

  @Test
  void theTextFormTellsNothingOfTheContents() {
    assertThat(Bytes.utf8("secret").toString()).startsWith("6B#").doesNotContain("secret");
  }

  /** Vectors of XXH3-128 and CRC32C that other code computed. */
  @Test
  void digestAndChecksumAreThoseOfTheirStandards() {
    assertThat(Bytes.EMPTY.hash()).hasToString("99aa06d3014798d86001c324468d497f");
    assertThat(Bytes.utf8("cartwheel").hash()).hasToString("888748d38ec9d7c065d9500c8292f7d1");
    assertThat(Bytes.utf8("123456789").checksum()).isEqualTo(0xE306_9283);
  }

  private static Bytes bytes(int... values) {
    var array = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      array[i] = (byte) values[i];
    }
    return Bytes.wrap(array);
  }

  @Test
  void readersSeeTheArrayItself() {
    byte[] array = {1, 2, 3, 4};
    Bytes slice = Bytes.wrap(array, 1, 2);
    assertThat(slice.<byte[]>read((whole, _, _) -> whole)).isSameAs(array);
    assertThat(slice.<Bytes>read(Bytes::wrap)).isEqualTo(Bytes.wrap(new byte[] {2, 3}));
  }
}
