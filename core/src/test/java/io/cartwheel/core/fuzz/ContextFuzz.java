package io.cartwheel.core.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.cartwheel.core.fixture.HostileBytes;
import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.item.Encoder;
import io.cartwheel.core.item.Hash128;
import io.cartwheel.core.version.CausalContext;
import io.cartwheel.core.version.CausalContext.Check;
import io.cartwheel.core.version.ContextBinding;

/** Tokens that a client makes up: as they come, with a checksum that is right, and with a head. */
public final class ContextFuzz {
  static final ContextBinding BINDING = new ContextBinding(1, new Hash128(2, 3));

  private ContextFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    Bytes hostile = Bytes.wrap(input);
    check(hostile);
    check(sealed(hostile));
    var headed = new Encoder(input.length + 34).u8(1).u8(input.length & 1);
    headed.fixed64(BINDING.clusterId());
    BINDING.fingerprint().encode(headed);
    check(sealed(headed.fixed64(7).raw(hostile).toBytes()));
  }

  private static void check(Bytes token) {
    HostileBytes.decode(
        token,
        hostile -> {
          if (CausalContext.check(hostile, BINDING) instanceof Check.Valid(CausalContext read)) {
            assertEquals(hostile, read.encode(BINDING));
          }
        });
  }

  private static Bytes sealed(Bytes token) {
    return new Encoder(token.length() + 4).raw(token).fixed32(token.checksum()).toBytes();
  }
}
