package io.cartwheel.server.http.item;

import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.version.CausalContext;
import io.cartwheel.core.version.CausalContext.Kind;
import io.cartwheel.core.version.ContextBinding;
import io.cartwheel.core.version.VersionVector;
import io.cartwheel.server.http.message.RefusedException;
import java.util.Base64;

/**
 * Contexts and floors of one key as texts of headers.
 *
 * @param binding the cluster and the key
 */
record Tokens(ContextBinding binding) {
  private static final int MAX_TEXT = (CausalContext.MAX_BYTES + 2) / 3 * 4;

  /** The text of what covers {@code seen}. */
  String write(Kind kind, VersionVector seen, long fastestReplier) {
    Bytes token = new CausalContext(kind, fastestReplier, seen).encode(binding);
    return Base64.getEncoder().encodeToString(token.toArray());
  }

  /**
   * The context that a client sent to write with; what is damaged, foreign or a floor is refused.
   */
  CausalContext readContext(CharSequence header, String text) throws RefusedException {
    CausalContext context = read(header, text);
    return switch (context.kind()) {
      case CONTEXT -> context;
      case FLOOR ->
          throw RefusedException.badRequest(
              header
                  + " holds what a write returned while there were other versions, which the client"
                  + " was not shown: read the item before the next write that depends on it");
    };
  }

  private CausalContext read(CharSequence header, String text) throws RefusedException {
    if (text.length() > MAX_TEXT) {
      throw RefusedException.badRequest(header + " is too long for a context");
    }
    return switch (CausalContext.check(decoded(header, text), binding)) {
      case CausalContext.Check.Valid(CausalContext context) -> context;
      case CausalContext.Check.Refused(String reason) ->
          throw RefusedException.badRequest(header + ": " + reason);
    };
  }

  private static Bytes decoded(CharSequence header, String text) throws RefusedException {
    try {
      return Bytes.wrap(Base64.getDecoder().decode(text.strip()));
    } catch (IllegalArgumentException e) {
      throw RefusedException.badRequest(header + " is damaged: not base64");
    }
  }
}
