package io.cartwheel.server.http.message;

import io.netty.util.AsciiString;

/**
 * HTTP's own names of headers in answers, spelt as its documents do: scripts that look for them may
 * not know that case does not matter.
 */
public final class Names {
  public static final AsciiString CONTENT_TYPE = AsciiString.cached("Content-Type");
  public static final AsciiString CONTENT_ENCODING = AsciiString.cached("Content-Encoding");
  public static final AsciiString CONTENT_LENGTH = AsciiString.cached("Content-Length");
  public static final AsciiString ETAG = AsciiString.cached("ETag");
  public static final AsciiString LAST_MODIFIED = AsciiString.cached("Last-Modified");
  public static final AsciiString LOCATION = AsciiString.cached("Location");
  public static final AsciiString VARY = AsciiString.cached("Vary");
  public static final AsciiString DATE = AsciiString.cached("Date");

  private Names() {}
}
