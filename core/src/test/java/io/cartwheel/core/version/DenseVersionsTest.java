package io.cartwheel.core.version;

import static org.assertj.core.api.Assertions.assertThat;

import io.cartwheel.core.fixture.HostileBytes;
import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.item.Decoder;
import io.cartwheel.core.item.Encoder;
import io.cartwheel.core.item.MalformedException;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;

/** As much as fits into few bytes: what would make the most objects of them, were any made. */
class DenseVersionsTest {
  private static final int MANY = 5_000;
  private static final Bytes TIME = new Encoder(8).fixed64(1).toBytes();

  @Test
  void shortEntriesTakeLittleRoom() {
    var to = new Encoder(MANY * 10).varint(MANY);
    times(MANY, i -> to.fixed64(i).varint(0).varint(1));

    HostileBytes.decode(to.toBytes(), hostile -> VersionVector.decode(new Decoder(hostile)));
  }

  @Test
  void shortSiblingsTakeLittleRoom() throws MalformedException {
    var content = new Encoder(16).varint(2).bytes(Bytes.EMPTY).varint(4).bytes(TIME).toBytes();

    assertTakenWithLittleRoom(siblings(MANY, content));
  }

  @Test
  void siblingsOfManyShortFieldsTakeLittleRoom() throws MalformedException {
    Bytes letter = Bytes.utf8("x");
    Bytes description =
        new Encoder(16).text("t").text("e").text("l").varint(1).text("").text("").toBytes();
    var content = new Encoder(64).varint(1).bytes(Bytes.EMPTY).varint(2).bytes(letter);
    content.varint(3).bytes(description).varint(4).bytes(TIME);
    content.varint(5).bytes(letter).varint(6).bytes(TIME).varint(7).bytes(Bytes.EMPTY);

    assertTakenWithLittleRoom(siblings(MANY, content.toBytes()));
  }

  @Test
  void shortMetadataTakesLittleRoom() throws MalformedException {
    var description = new Encoder(MANY * 4).text("").text("").text("").varint(MANY);
    times(MANY, i -> description.text(Character.toString(0x100 + i)).text(""));
    var content = new Encoder(MANY * 5).varint(2).bytes(Bytes.EMPTY);
    content.varint(3).bytes(description.toBytes()).varint(4).bytes(TIME);

    assertTakenWithLittleRoom(siblings(1, content.toBytes()));
    HostileBytes.decode(content.toBytes(), Content::decode);
  }

  @Test
  void manyUnknownFieldsTakeLittleRoom() throws MalformedException {
    var content = new Encoder(MANY * 5).varint(2).bytes(Bytes.EMPTY).varint(4).bytes(TIME);
    times(MANY, i -> content.varint(7 + i).bytes(Bytes.EMPTY));

    assertTakenWithLittleRoom(siblings(1, content.toBytes()));
  }

  private static void assertTakenWithLittleRoom(Bytes encoded) throws MalformedException {
    HostileBytes.decode(encoded, VersionSet::decode);
    VersionSet decoded = VersionSet.decode(encoded);
    var again = new VersionSet(decoded.clock(), decoded.siblings(), null);
    assertThat(again.encoded()).isEqualTo(encoded);
  }

  private static Bytes siblings(int count, Bytes content) {
    var to = new Encoder(count * 64).u8(1);
    VersionVector.of(new Dot(new Epoch(7, 0), count)).encode(to);
    to.varint(count);
    times(count, i -> to.fixed64(7).varint(0).varint(i + 1L).bytes(content));
    return to.toBytes();
  }

  private static void times(int count, IntConsumer each) {
    for (int i = 0; i < count; i++) {
      each.accept(i);
    }
  }
}
