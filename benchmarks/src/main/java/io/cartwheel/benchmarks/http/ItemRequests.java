package io.cartwheel.benchmarks.http;

import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Writes the requests of one thread, each into the same buffer. */
public final class ItemRequests {
  private static final int KEY_DIGITS = 10;
  private static final int HEAD_BYTES = 64 * 1024;

  private final byte[] path;
  private final ByteBuffer buffer;

  /**
   * Requests for the items of one bucket.
   *
   * @param mostValueBytes the length of the longest value
   */
  public ItemRequests(String type, String bucket, int mostValueBytes) {
    path = bytes("/types/" + encode(type) + "/buckets/" + encode(bucket) + "/keys/user");
    buffer = ByteBuffer.allocateDirect(HEAD_BYTES + mostValueBytes);
  }

  /** Reads a record. The buffer is good until the next request is written. */
  public ByteBuffer get(int record, Node node) {
    begin("GET ", record, node);
    put("\r\n");
    return buffer.flip();
  }

  /**
   * Writes a record.
   *
   * @param context what the writer had seen, empty for nothing
   */
  public ByteBuffer put(int record, Node node, String context, ByteBuffer value) {
    begin("PUT ", record, node);
    put("Content-Type: application/octet-stream\r\n");
    if (!context.isEmpty()) {
      put("X-Riak-Vclock: ");
      put(context);
      put("\r\n");
    }
    put("Content-Length: ");
    put(Integer.toString(value.remaining()));
    put("\r\n\r\n");
    return buffer.put(value.duplicate()).flip();
  }

  private void begin(String method, int record, Node node) {
    buffer.clear();
    put(method);
    buffer.put(path);
    digits(record);
    put(" HTTP/1.1\r\nHost: ");
    put(node.toString());
    put("\r\n");
  }

  private void digits(int record) {
    int left = record;
    int end = buffer.position() + KEY_DIGITS;
    for (int at = end - 1; at >= buffer.position(); at--) {
      buffer.put(at, (byte) ('0' + left % 10));
      left /= 10;
    }
    buffer.position(end);
  }

  private void put(String text) {
    for (int i = 0; i < text.length(); i++) {
      buffer.put((byte) text.charAt(i));
    }
  }

  private static String encode(String segment) {
    return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
