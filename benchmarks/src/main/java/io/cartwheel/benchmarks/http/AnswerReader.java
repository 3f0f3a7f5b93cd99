package io.cartwheel.benchmarks.http;

import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;

/**
 * Reads the answers that come over one connection, one after the other (RFC 9112). Bodies are
 * counted and dropped; one that ends early is an error, never a shorter answer.
 */
final class AnswerReader {
  private static final int BUFFER_BYTES = 32 * 1024;
  private static final int NO_CONTENT = 204;
  private static final int SIBLINGS = 300;
  private static final int NOT_MODIFIED = 304;
  private static final long UNKNOWN = -1;

  private final ReadableByteChannel from;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES).flip();
  private final Head head = new Head(buffer);
  private int lines;

  AnswerReader(ReadableByteChannel from) {
    this.from = from;
  }

  /**
   * The next answer, once it is complete.
   *
   * @throws EOFException when the connection ends first
   * @throws ProtocolException when it is no HTTP
   */
  Answer read() throws IOException {
    do {
      head.parse(headEnd());
    } while (head.status() / 100 == 1);
    lines = 0;
    long bytes = body();
    int siblings = head.status() == SIBLINGS ? Math.max(0, lines - 1) : 0;
    return new Answer(head.status(), head.context(), bytes, siblings, head.isLasting());
  }

  private long body() throws IOException {
    if (head.status() == NO_CONTENT || head.status() == NOT_MODIFIED) {
      return 0;
    }
    if (head.isChunked()) {
      return chunks();
    }
    if (head.length() == UNKNOWN) {
      throw new ProtocolException("an answer without a length");
    }
    drop(head.length());
    return head.length();
  }

  private long chunks() throws IOException {
    long bytes = 0;
    while (true) {
      long length = chunkLength(line());
      if (length == 0) {
        while (!line().isEmpty()) {
          // Trailers say nothing that is counted.
        }
        return bytes;
      }
      drop(length);
      bytes += length;
      if (!line().isEmpty()) {
        throw new ProtocolException("a chunk that does not end");
      }
    }
  }

  private static long chunkLength(String line) throws ProtocolException {
    int end = line.indexOf(';');
    try {
      return Integer.parseUnsignedInt((end < 0 ? line : line.substring(0, end)).strip(), 16)
          & 0xffff_ffffL;
    } catch (NumberFormatException e) {
      throw new ProtocolException("no chunk length: " + line);
    }
  }

  /** Drops so many bytes of a body, counting its lines if they name siblings. */
  private void drop(long length) throws IOException {
    boolean counts = head.status() == SIBLINGS;
    for (long left = length; left > 0; ) {
      if (!buffer.hasRemaining()) {
        fill();
      }
      int taken = (int) Math.min(left, buffer.remaining());
      int end = buffer.position() + taken;
      for (int i = buffer.position(); counts && i < end; i++) {
        lines += buffer.get(i) == '\n' ? 1 : 0;
      }
      buffer.position(end);
      left -= taken;
    }
  }

  private String line() throws IOException {
    int from = 0;
    while (true) {
      for (; from < buffer.remaining(); from++) {
        if (buffer.get(buffer.position() + from) == '\n') {
          byte[] line = new byte[from + 1];
          buffer.get(line);
          return new String(line, StandardCharsets.ISO_8859_1).strip();
        }
      }
      fill();
    }
  }

  /** Where the head's last line ends; the whole head is in the buffer then. */
  private int headEnd() throws IOException {
    int seen = 0;
    while (true) {
      for (; seen + 3 < buffer.remaining(); seen++) {
        int at = buffer.position() + seen;
        if (buffer.get(at + 3) == '\n' && isEmptyLine(at)) {
          return at + 4;
        }
      }
      fill();
    }
  }

  private boolean isEmptyLine(int at) {
    return buffer.get(at) == '\r' && buffer.get(at + 1) == '\n' && buffer.get(at + 2) == '\r';
  }

  private void fill() throws IOException {
    buffer.compact();
    try {
      if (!buffer.hasRemaining()) {
        throw new ProtocolException("a head or line of more than " + BUFFER_BYTES + " bytes");
      }
      if (from.read(buffer) < 0) {
        throw new EOFException("the connection ended before the answer");
      }
    } finally {
      buffer.flip();
    }
  }
}
