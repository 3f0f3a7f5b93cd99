package io.cartwheel.server.http.item;

import io.cartwheel.core.version.CausalContext.Kind;
import io.cartwheel.core.version.VersionVector;
import io.netty.handler.codec.http.HttpHeaders;

/**
 * What the client of a write is handed for its next request.
 *
 * @param clock what the coordinator had seen after the write
 * @param coordinator the member that minted its dot
 */
record WriteTokens(Tokens tokens, VersionVector clock, long coordinator) {

  /** The session's token always; as a context only if the client was shown all that it covers. */
  void addTo(HttpHeaders headers, Kind kind) {
    String token = tokens.write(kind, clock, coordinator);
    headers.set(ItemHeaders.SESSION, token);
    if (kind == Kind.CONTEXT) {
      headers.set(ItemHeaders.VCLOCK, token);
    }
  }
}
