package io.cartwheel.core.version;

import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.item.Decoder;
import io.cartwheel.core.item.Encoder;
import io.cartwheel.core.item.Hash128;
import io.cartwheel.core.item.MalformedException;

/**
 * What a client was shown of one key, as a token that it hands back with its next write.
 *
 * <p>Opaque to clients, checked on return: format, length, checksum, and the binding to cluster and
 * key. A damaged or foreign token is refused, never misread. Layout: format (1), kind (1), cluster
 * id (8), fingerprint (16), fastest replier (8), vector, CRC32C (4).
 *
 * @param kind whether it may be written with
 * @param fastestReplier the member that answered the read first (Dynamo §5), 0 when none did
 * @param seen what it covers
 */
public record CausalContext(Kind kind, long fastestReplier, VersionVector seen) {
  /** Beyond this a token is refused unread: 16 KiB hold some 800 entries. */
  public static final int MAX_BYTES = 16 * 1024;

  private static final int FORMAT = 1;
  private static final int HEAD_BYTES = 2 + Long.BYTES + Hash128.BYTES + Long.BYTES;
  private static final int CHECKSUM_BYTES = 4;

  /** What a token is good for. */
  public enum Kind {
    /** The client saw everything that {@code seen} covers: a write may supersede it. */
    CONTEXT,
    /** The client caused some of it but was not shown all: good for sessions only. */
    FLOOR
  }

  /** What became of a token that a client sent. */
  public sealed interface Check {
    /** It is whole and belongs here. */
    record Valid(CausalContext context) implements Check {}

    /** It is damaged, foreign or too large; {@code reason} may be shown to the client. */
    record Refused(String reason) implements Check {}
  }

  public Bytes encode(ContextBinding binding) {
    var to = new Encoder(HEAD_BYTES + seen.encodedLength() + CHECKSUM_BYTES);
    to.u8(FORMAT).u8(kind.ordinal()).fixed64(binding.clusterId());
    binding.fingerprint().encode(to);
    to.fixed64(fastestReplier);
    seen.encode(to);
    return to.fixed32(to.toBytes().checksum()).toBytes();
  }

  public static Check check(Bytes token, ContextBinding binding) {
    if (token.length() > MAX_BYTES) {
      return new Check.Refused("context longer than " + MAX_BYTES + " bytes");
    }
    try {
      return decode(token, binding);
    } catch (MalformedException e) {
      return new Check.Refused("context is damaged: " + e.getMessage());
    }
  }

  private static Check decode(Bytes token, ContextBinding binding) throws MalformedException {
    if (token.length() < CHECKSUM_BYTES) {
      throw new MalformedException("cut short");
    }
    int end = token.length() - CHECKSUM_BYTES;
    int expected = new Decoder(token.slice(end, token.length())).fixed32();
    if (token.slice(0, end).checksum() != expected) {
      throw new MalformedException("checksum");
    }
    var from = new Decoder(token.slice(0, end));
    int format = from.u8();
    int kind = from.u8();
    if (format != FORMAT || kind >= Kind.values().length) {
      throw new MalformedException("unknown format");
    }
    if (from.fixed64() != binding.clusterId()) {
      return new Check.Refused("context belongs to another cluster");
    }
    if (!Hash128.decode(from).equals(binding.fingerprint())) {
      return new Check.Refused("context belongs to another key");
    }
    var context =
        new CausalContext(Kind.values()[kind], from.fixed64(), VersionVector.decode(from));
    from.end();
    return new Check.Valid(context);
  }
}
