package io.cartwheel.server.http.item;

import io.netty.util.AsciiString;

/** Names of headers that are not HTTP's own. */
final class ItemHeaders {
  static final AsciiString VCLOCK = AsciiString.cached("X-Riak-Vclock");
  static final AsciiString DELETED = AsciiString.cached("X-Riak-Deleted");
  static final AsciiString IF_NOT_MODIFIED = AsciiString.cached("X-Riak-If-Not-Modified");
  static final AsciiString SESSION = AsciiString.cached("X-Cartwheel-Session");
  static final AsciiString TTL = AsciiString.cached("X-Cartwheel-TTL");
  static final AsciiString LINK = AsciiString.cached("Link");

  private ItemHeaders() {}
}
