package io.cartwheel.cli.http;

import io.cartwheel.core.item.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;

/**
 * Reads one response (RFC 9112). A body that ends before its announced length is an error, never a
 * shorter value.
 */
final class ResponseReader {
  private static final int MAX_HEAD_BYTES = 64 * 1024;
  private static final int MAX_BODY_BYTES = 192 << 20;
  private static final int NO_CONTENT = 204;
  private static final int NOT_MODIFIED = 304;

  private final InputStream in;
  private int headBytesLeft = MAX_HEAD_BYTES;

  ResponseReader(InputStream in) {
    this.in = in;
  }

  Response read() throws IOException {
    int status;
    Headers headers;
    do {
      status = status(line());
      headers = fields();
    } while (status / 100 == 1);
    boolean bodiless = status == NO_CONTENT || status == NOT_MODIFIED;
    return new Response(status, headers, bodiless ? Bytes.EMPTY : body(headers));
  }

  private static int status(String line) throws ProtocolException {
    if (!line.matches("HTTP/1\\.[01] [1-9][0-9]{2}( .*)?")) {
      throw new ProtocolException("no status line");
    }
    return Integer.parseInt(line.substring(9, 12));
  }

  private Headers fields() throws IOException {
    var fields = new ArrayList<Headers.Field>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      if (colon < 1) {
        throw new ProtocolException("a header line without a name");
      }
      fields.add(new Headers.Field(line.substring(0, colon), line.substring(colon + 1).strip()));
    }
    return new Headers(fields);
  }

  private Bytes body(Headers headers) throws IOException {
    String coding = headers.first("Transfer-Encoding").orElse("");
    if (coding.equalsIgnoreCase("chunked")) {
      return chunks();
    }
    String length = headers.first("Content-Length").orElse("");
    if (!coding.isEmpty() || length.isEmpty()) {
      return Bytes.wrap(in.readNBytes(bounded(MAX_BODY_BYTES)));
    }
    if (!length.matches("[0-9]{1,10}")) {
      throw new ProtocolException("Content-Length " + length);
    }
    return Bytes.wrap(exactly(bounded(Long.parseLong(length))));
  }

  private Bytes chunks() throws IOException {
    var body = new ByteArrayOutputStream();
    while (true) {
      String size = line().replaceFirst("[ \t]*(;.*)?$", "");
      if (!size.matches("[0-9a-fA-F]{1,8}")) {
        throw new ProtocolException("chunk size");
      }
      int length = bounded(Long.parseLong(size, 16));
      if (length == 0) {
        fields();
        return Bytes.wrap(body.toByteArray());
      }
      bounded((long) body.size() + length);
      body.write(exactly(length));
      headBytesLeft = MAX_HEAD_BYTES;
      if (!line().isEmpty()) {
        throw new ProtocolException("chunk end");
      }
    }
  }

  private byte[] exactly(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("the answer ended after " + bytes.length + " of " + length + " bytes");
    }
    return bytes;
  }

  private static int bounded(long length) throws ProtocolException {
    if (length > MAX_BODY_BYTES) {
      throw new ProtocolException("an answer of " + length + " bytes is too large to be taken");
    }
    return (int) length;
  }

  private String line() throws IOException {
    var line = new ByteArrayOutputStream(128);
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException("the connection was closed before the answer was complete");
      }
      if (--headBytesLeft < 0) {
        throw new ProtocolException("a head of more than " + MAX_HEAD_BYTES + " bytes");
      }
      line.write(b);
    }
    String text = line.toString(StandardCharsets.ISO_8859_1);
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }
}
