package io.cartwheel.core.version;

import static io.cartwheel.core.version.Versions.covering;
import static io.cartwheel.core.version.Versions.dot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.cartwheel.core.fixture.Drawn;
import io.cartwheel.core.fixture.SeededCases;
import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.item.Encoder;
import io.cartwheel.core.item.ItemKey;
import io.cartwheel.core.version.CausalContext.Check;
import io.cartwheel.core.version.CausalContext.Kind;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CausalContextTest {
  private static final long CLUSTER = 0x0123_4567_89AB_CDEFL;
  private static final ItemKey KEY = ItemKey.of("carts", "alice");
  private static final ContextBinding HERE = ContextBinding.of(CLUSTER, KEY);
  private static final VersionVector SEEN = covering(dot(7, 3), dot(-9, 200));

  @ParameterizedTest
  @EnumSource
  void aTokenComesBackAsItWasGivenAndKeepsItsKind(Kind kind) {
    var context = new CausalContext(kind, 42, SEEN);

    assertThat(CausalContext.check(context.encode(HERE), HERE)).isEqualTo(new Check.Valid(context));
  }

  @Test
  void anyTokenComesBackAsItWasGiven() {
    SeededCases.forEach(
        20_000,
        random -> {
          Kind kind = random.nextBoolean() ? Kind.CONTEXT : Kind.FLOOR;
          var context = new CausalContext(kind, random.nextLong(), Drawn.vector(random));
          var binding = ContextBinding.of(random.nextLong(), Drawn.key(random));
          assertEquals(
              new Check.Valid(context), CausalContext.check(context.encode(binding), binding));
        });
  }

  @ParameterizedTest
  @EnumSource
  void eachFlippedBitIsRefused(Kind kind) {
    Bytes token = new CausalContext(kind, 42, SEEN).encode(HERE);
    for (int bit = 0; bit < token.length() * 8; bit++) {
      byte[] damaged = token.toArray();
      damaged[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(CausalContext.check(Bytes.wrap(damaged), HERE))
          .as("bit %d", bit)
          .isInstanceOf(Check.Refused.class);
    }
  }

  @Test
  void aTokenCutShortAnywhereIsRefused() {
    Bytes token = new CausalContext(Kind.CONTEXT, 42, SEEN).encode(HERE);
    for (int length = 0; length < token.length(); length++) {
      assertRefused(token.slice(0, length));
      assertRefused(token.slice(token.length() - length, token.length()));
    }
  }

  @Test
  void anExtendedTokenIsRefusedEvenIfItsChecksumFits() {
    Bytes token = new CausalContext(Kind.CONTEXT, 42, SEEN).encode(HERE);

    assertRefused(new Encoder(64).raw(token).u8(0).toBytes());
    assertRefused(withChecksum(new Encoder(64).raw(withoutChecksum(token)).u8(0)));
  }

  @Test
  void aTokenOfAnotherClusterIsRefused() {
    Bytes token =
        new CausalContext(Kind.CONTEXT, 42, SEEN).encode(ContextBinding.of(CLUSTER + 1, KEY));

    assertThat(refusal(token)).contains("another cluster");
  }

  @Test
  void aTokenOfAnotherKeyIsRefused() {
    for (ItemKey other :
        new ItemKey[] {
          ItemKey.of("carts", "bob"),
          ItemKey.of("cart", "salice"),
          new ItemKey(Bytes.utf8("other"), KEY.bucket(), KEY.key())
        }) {
      Bytes token =
          new CausalContext(Kind.CONTEXT, 42, SEEN).encode(ContextBinding.of(CLUSTER, other));
      assertThat(refusal(token)).contains("another key");
    }
  }

  @Test
  void aTokenOfAnUnknownFormatOrKindIsRefused() {
    byte[] body = withoutChecksum(new CausalContext(Kind.CONTEXT, 0, SEEN).encode(HERE)).toArray();
    for (int at = 0; at < 2; at++) {
      byte[] unknown = body.clone();
      unknown[at] = 2;
      assertThat(refusal(withChecksum(new Encoder(64).raw(Bytes.wrap(unknown)))))
          .contains("unknown format");
    }
  }

  @Test
  void aTokenThatIsTooLongIsRefusedUnread() {
    var entries = new ArrayList<Dot>();
    for (int i = 1; i <= 2_000; i++) {
      entries.add(dot(i, 1));
    }
    VersionVector large = covering(entries.toArray(Dot[]::new));
    Bytes token = new CausalContext(Kind.CONTEXT, 42, large).encode(HERE);
    assertThat(token.length()).isGreaterThan(CausalContext.MAX_BYTES);

    assertThat(refusal(token)).contains("longer than");
  }

  @Test
  void tokensOfEightHundredEntriesAreTaken() {
    var entries = new ArrayList<Dot>();
    for (int i = 1; i <= 800; i++) {
      entries.add(new Dot(new Epoch(i * 0x9E37_79B9_7F4A_7C15L, 1_000_000), 2_000_000));
    }
    var context = new CausalContext(Kind.CONTEXT, 42, covering(entries.toArray(Dot[]::new)));

    assertThat(CausalContext.check(context.encode(HERE), HERE)).isEqualTo(new Check.Valid(context));
  }

  private static void assertRefused(Bytes token) {
    assertThat(CausalContext.check(token, HERE)).isInstanceOf(Check.Refused.class);
  }

  private static String refusal(Bytes token) {
    return CausalContext.check(token, HERE) instanceof Check.Refused(String reason) ? reason : "";
  }

  private static Bytes withoutChecksum(Bytes token) {
    return token.slice(0, token.length() - 4);
  }

  private static Bytes withChecksum(Encoder body) {
    return body.fixed32(body.toBytes().checksum()).toBytes();
  }
}
