package io.cartwheel.benchmarks.http;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The status and those headers of an answer that matter, parsed where they lie in the buffer. */
final class Head {
  private static final byte[] STATUS_LINE = bytes("http/1.1 ");
  private static final byte[] LENGTH = bytes("content-length:");
  private static final byte[] CODING = bytes("transfer-encoding:");
  private static final byte[] CONTEXT = bytes("x-riak-vclock:");
  private static final byte[] CONNECTION = bytes("connection:");
  private static final int MOST_DIGITS = 18;

  private final ByteBuffer buffer;
  private int status;
  private long length;
  private boolean chunked;
  private boolean lasting;
  private String context = "";

  Head(ByteBuffer buffer) {
    this.buffer = buffer;
  }

  int status() {
    return status;
  }

  /** The body's announced length, -1 when there was none. */
  long length() {
    return length;
  }

  boolean isChunked() {
    return chunked;
  }

  boolean isLasting() {
    return lasting;
  }

  String context() {
    return context;
  }

  /** Takes the head that lies between the buffer's position and here, and moves past it. */
  void parse(int end) throws ProtocolException {
    length = -1;
    chunked = false;
    lasting = true;
    context = "";
    int at = buffer.position();
    if (!startsWith(STATUS_LINE, at)) {
      throw new ProtocolException("no status line");
    }
    status = (int) number(at + STATUS_LINE.length, 3);
    for (int line = next(at); line < end; line = next(line)) {
      field(line);
    }
    buffer.position(end);
  }

  private void field(int line) throws ProtocolException {
    switch (lower(line)) {
      case 'c' -> {
        if (startsWith(LENGTH, line)) {
          length = number(value(line, LENGTH), MOST_DIGITS);
        } else if (startsWith(CONNECTION, line)) {
          lasting = !text(line, CONNECTION).equalsIgnoreCase("close");
        }
      }
      case 't' -> chunked |= startsWith(CODING, line);
      case 'x' -> {
        if (startsWith(CONTEXT, line)) {
          context = text(line, CONTEXT);
        }
      }
      default -> {
        // Says nothing that is counted.
      }
    }
  }

  private int next(int line) {
    int at = line;
    while (buffer.get(at) != '\n') {
      at++;
    }
    return at + 1;
  }

  private int value(int line, byte[] name) {
    int at = line + name.length;
    while (buffer.get(at) == ' ') {
      at++;
    }
    return at;
  }

  private String text(int line, byte[] name) {
    int at = value(line, name);
    byte[] text = new byte[next(at) - 1 - at];
    buffer.get(at, text);
    return new String(text, StandardCharsets.ISO_8859_1).strip();
  }

  private long number(int at, int mostDigits) throws ProtocolException {
    long number = 0;
    int digits = 0;
    for (int b = buffer.get(at); b >= '0' && b <= '9'; b = buffer.get(at + digits)) {
      number = 10 * number + b - '0';
      if (++digits > mostDigits) {
        throw new ProtocolException("a number too long");
      }
    }
    if (digits == 0) {
      throw new ProtocolException("no number");
    }
    return number;
  }

  /** Whether these lower-case bytes stand there in either case. */
  private boolean startsWith(byte[] name, int at) {
    for (int i = 0; i < name.length; i++) {
      if (at + i >= buffer.limit() || lower(at + i) != name[i]) {
        return false;
      }
    }
    return true;
  }

  private int lower(int at) {
    int b = buffer.get(at);
    return b >= 'A' && b <= 'Z' ? b + 'a' - 'A' : b;
  }

  private static byte[] bytes(String name) {
    return name.getBytes(StandardCharsets.ISO_8859_1);
  }
}
