package io.cartwheel.core.item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.cartwheel.core.fixture.Drawn;
import io.cartwheel.core.fixture.SeededCases;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link Encoder} and {@link Decoder}, one the inverse of the other. */
class EncodingTest {
  @Test
  void whatWasAppendedIsReadBack() {
    SeededCases.forEach(
        5_000,
        random -> {
          int small = random.nextInt(256);
          int fixed = random.nextInt();
          long wide = random.nextLong();
          long number = random.nextLong() >>> random.nextInt(64);
          Bytes bytes = Drawn.bytes(random, 0, 300);
          var to = new Encoder(random.nextInt(50));
          to.u8(small).fixed32(fixed).fixed64(wide).varint(number).bytes(bytes).text("grün");
          var from = new Decoder(to.toBytes());
          assertEquals(small, from.u8());
          assertEquals(fixed, from.fixed32());
          assertEquals(wide, from.fixed64());
          assertEquals(number, from.varint());
          assertEquals(bytes, from.bytes());
          assertEquals("grün", from.text());
          from.end();
        });
  }

  @Test
  void laterAppendsDoNotChangeWhatWasHandedOut() {
    var to = new Encoder(64).u8(1);
    Bytes first = to.toBytes();
    to.u8(2).raw(Bytes.wrap(new byte[100]));

    assertThat(first).isEqualTo(Bytes.wrap(new byte[] {1}));
  }

  @Test
  void fixedNumbersAreBigEndian() {
    assertThat(new Encoder(12).fixed32(0x0102_0304).fixed64(-2).toBytes().toArray())
        .containsExactly(1, 2, 3, 4, -1, -1, -1, -1, -1, -1, -1, -2);
  }

  @Test
  void aVarintTakesSevenBitsAByteLowestFirst() {
    assertThat(varint(0)).containsExactly(0);
    assertThat(varint(127)).containsExactly(127);
    assertThat(varint(128)).containsExactly(-128, 1);
    assertThat(varint(300)).containsExactly(-84, 2);
    assertThat(varint(-1)).hasSize(10).endsWith(1);
  }

  @Test
  void aVarintLongerThanNeededIsMalformed() {
    assertMalformed(() -> decoder(0x80, 0).varint());
    assertMalformed(() -> decoder(0xFF, 0x80, 0x00).varint());
  }

  @Test
  void aVarintOfMoreThanSixtyFourBitsIsMalformed() {
    int f = 0xFF;
    assertMalformed(() -> decoder(f, f, f, f, f, f, f, f, f, 0x02).varint());
    assertMalformed(() -> decoder(f, f, f, f, f, f, f, f, f, f, 0x01).varint());
    assertMalformed(() -> decoder(f, f, f).varint());
  }

  @ParameterizedTest
  @ValueSource(longs = {3, 100, Integer.MAX_VALUE, Long.MAX_VALUE, -1})
  void aCountThatCannotFitIntoWhatIsLeftIsMalformed(long count) {
    Bytes claim = new Encoder(32).varint(count).raw(Bytes.wrap(new byte[20])).toBytes();

    assertMalformed(() -> new Decoder(claim).count(10));
  }

  @Test
  void aLengthBeyondTheEndIsMalformed() {
    assertMalformed(() -> decoder(3, 1, 2).bytes());
    assertMalformed(() -> decoder(1, 2).raw(3));
    assertMalformed(() -> decoder(1, 2).raw(-1));
    assertMalformed(() -> decoder(1, 2, 3).fixed32());
    assertMalformed(() -> decoder().u8());
  }

  @Test
  void textThatIsNotUtf8IsMalformed() {
    assertMalformed(() -> decoder(1, 0xC0).text());
    assertMalformed(() -> decoder(3, 0xED, 0xA0, 0x80).text());
  }

  @Test
  void whatIsLeftOverIsMalformed() throws MalformedException {
    assertMalformed(() -> decoder(0).end());
    assertThat(decoder(7, 8).rest()).isEqualTo(Bytes.wrap(new byte[] {7, 8}));
  }

  private interface Reading {
    void read() throws MalformedException;
  }

  private static void assertMalformed(Reading reading) {
    assertThatThrownBy(reading::read).isInstanceOf(MalformedException.class);
  }

  private static byte[] varint(long value) {
    return new Encoder(10).varint(value).toBytes().toArray();
  }

  private static Decoder decoder(int... values) {
    var to = new Encoder(values.length);
    for (int value : values) {
      to.u8(value);
    }
    return new Decoder(to.toBytes());
  }
}
