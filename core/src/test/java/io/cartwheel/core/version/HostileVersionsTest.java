package io.cartwheel.core.version;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.cartwheel.core.fixture.Drawn;
import io.cartwheel.core.fixture.HostileBytes;
import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.item.Decoder;
import io.cartwheel.core.item.Encoder;
import io.cartwheel.core.item.Hash128;
import io.cartwheel.core.item.ItemKey;
import org.junit.jupiter.api.Test;

/** Bytes that nobody sound encoded: refused as malformed, or taken for what they say. */
class HostileVersionsTest {
  private static final int CASES = 20_000;

  /** What decodes must encode to the same bytes, or replicas of one state had different digests. */
  @Test
  void aVersionSetThatDecodesIsInItsOnlyForm() {
    HostileBytes.feed(
        CASES,
        random -> Drawn.state(random).encoded(),
        hostile -> {
          VersionSet decoded = VersionSet.decode(hostile);
          assertEquals(
              hostile, new VersionSet(decoded.clock(), decoded.siblings(), null).encoded());
        });
  }

  @Test
  void aContentThatDecodesIsInItsOnlyForm() {
    HostileBytes.feed(
        CASES,
        random -> Drawn.content(random).encoded(),
        hostile -> assertEquals(hostile, Content.decode(hostile).encoded()));
  }

  @Test
  void aVectorThatDecodesIsInItsOnlyForm() {
    HostileBytes.feed(
        CASES,
        random -> {
          var to = new Encoder(64);
          Drawn.vector(random).encode(to);
          return to.toBytes();
        },
        hostile -> {
          var from = new Decoder(hostile);
          var again = new Encoder(64);
          VersionVector.decode(from).encode(again);
          assertEquals(hostile.slice(0, hostile.length() - from.remaining()), again.toBytes());
        });
  }

  @Test
  void aTokenIsCheckedWithoutAnyException() {
    var binding = new ContextBinding(1, new Hash128(2, 3));
    HostileBytes.feed(
        CASES,
        random ->
            new CausalContext(CausalContext.Kind.CONTEXT, 4, Drawn.vector(random)).encode(binding),
        hostile -> CausalContext.check(hostile, binding));
  }

  /** A checksum is no secret: whoever forges a token forges that too. */
  @Test
  void aForgedTokenIsCheckedWithoutAnyException() {
    var binding = new ContextBinding(1, new Hash128(2, 3));
    HostileBytes.feed(
        CASES,
        random -> {
          var context = new CausalContext(CausalContext.Kind.CONTEXT, 4, Drawn.vector(random));
          Bytes token = context.encode(binding);
          return token.slice(0, token.length() - 4);
        },
        hostile -> {
          var forged = new Encoder(64).raw(hostile).fixed32(hostile.checksum());
          CausalContext.check(forged.toBytes(), binding);
        });
  }

  @Test
  void aKeyThatDecodesIsInItsOnlyForm() {
    HostileBytes.feed(
        CASES,
        random -> Drawn.key(random).encoded(),
        hostile -> {
          var from = new Decoder(hostile);
          ItemKey key = ItemKey.decode(from);
          assertEquals(hostile.slice(0, hostile.length() - from.remaining()), key.encoded());
        });
  }
}
