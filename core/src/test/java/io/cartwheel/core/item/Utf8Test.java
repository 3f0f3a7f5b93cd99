package io.cartwheel.core.item;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.cartwheel.core.fixture.SeededCases;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class Utf8Test {
  /** One of each range that UTF-8 treats in its own way. */
  private static final int[] UNITS = {
    0x00, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC, 0xED,
    0xEE, 0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF
  };

  private static final int[] CODE_POINTS = {
    0, 'a', 'b', 0x7F, 0x80, 0x7FF, 0x800, 0xD7FF, 0xE000, 0xFFFF, 0x10000, 0x10FFFF
  };

  @Test
  void isWellFormedWhereTheJdkDecodesIt() {
    int all = UNITS.length * UNITS.length * UNITS.length * UNITS.length;
    for (int which = 0; which < all; which++) {
      byte[] bytes = new byte[4];
      for (int i = 0, left = which; i < 4; i++, left /= UNITS.length) {
        bytes[i] = (byte) UNITS[left % UNITS.length];
      }
      for (int from = 0; from < 4; from++) {
        assertEquals(
            decodes(bytes, from), Utf8.isWellFormed(bytes, from, 4), () -> Bytes.wrap(bytes) + "");
      }
    }
  }

  @Test
  void textsAreOrderedAsStringsAre() {
    SeededCases.forEach(
        20_000,
        random -> {
          String left = text(random);
          String right = text(random);
          Bytes both = Bytes.utf8(left + right);
          int middle = Bytes.utf8(left).length();
          assertEquals(
              Integer.signum(left.compareTo(right)),
              Integer.signum(both.compareTexts(0, middle, middle, both.length())));
        });
  }

  private static String text(SplittableRandom random) {
    int[] points = random.ints(random.nextInt(4), 0, CODE_POINTS.length).toArray();
    var text = new StringBuilder();
    for (int point : points) {
      text.appendCodePoint(CODE_POINTS[point]);
    }
    return text.toString();
  }

  private static boolean decodes(byte[] bytes, int from) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, from, bytes.length - from));
      return true;
    } catch (CharacterCodingException _) {
      return false;
    }
  }
}
