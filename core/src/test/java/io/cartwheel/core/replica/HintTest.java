package io.cartwheel.core.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cartwheel.core.fixture.GoldenFile;
import io.cartwheel.core.fixture.HostileBytes;
import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.item.Encoder;
import io.cartwheel.core.item.MalformedException;
import io.cartwheel.core.ring.MemberId;
import java.util.List;
import org.junit.jupiter.api.Test;

class HintTest {
  private static final Hint HINT = new Hint(-5, 70, List.of(new MemberId(2), new MemberId(-1)));

  @Test
  void aHintSurvivesItsEncoding() throws MalformedException {
    assertThat(Hint.decode(HINT.encode())).isEqualTo(HINT);
  }

  @Test
  void aHintIsEncodedAsEver() {
    assertThat(GoldenFile.hex(HINT.encode()))
        .isEqualTo("01fffffffffffffffb00000046020000000000000002ffffffffffffffff");
  }

  @Test
  void hostileBytesAreMalformedAndNothingElse() {
    HostileBytes.feed(10_000, _ -> HINT.encode(), Hint::decode);
  }

  @Test
  void hintsForNobodyOrOfNoLengthAreMalformed() {
    assertMalformed(new Encoder(32).u8(1).fixed64(5).fixed32(70).u8(0).toBytes());
    assertMalformed(new Encoder(32).u8(1).fixed64(5).fixed32(70).u8(1).fixed64(0).toBytes());
    assertMalformed(new Encoder(32).u8(1).fixed64(5).fixed32(-1).u8(1).fixed64(2).toBytes());
    assertMalformed(new Encoder(32).u8(2).fixed64(5).fixed32(70).u8(1).fixed64(2).toBytes());
    assertMalformed(new Encoder(32).raw(HINT.encode()).u8(0).toBytes());
  }

  private static void assertMalformed(Bytes hint) {
    assertThatThrownBy(() -> Hint.decode(hint)).isInstanceOf(MalformedException.class);
  }
}
