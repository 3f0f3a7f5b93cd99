package io.cartwheel.server.http;

import io.cartwheel.core.item.Bytes;
import io.cartwheel.server.http.message.Answer;
import io.cartwheel.server.http.message.Handling;
import io.cartwheel.server.http.message.Handling.Operation;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import java.util.function.Consumer;

/** One request while it is received and worked on. Belongs to its connection's loop. */
final class Exchange {
  private static final Handling NONE =
      Handling.of(
          Operation.OTHER,
          _ -> {
            throw new IllegalStateException("refused requests are not worked on");
          });

  private final HttpRequest request;
  private final String id;
  private final long announcedBytes;
  private final long beganNanos = System.nanoTime();
  private long receivedNanos;
  private Handling handling = NONE;
  private final BodyBuffer body = new BodyBuffer();
  private boolean permitted;
  private boolean keepAlive;
  private Stage stage = Stage.RECEIVING;

  /** How far a request is. */
  enum Stage {
    /** Its body is still coming. */
    RECEIVING,
    /** It is being done. */
    WORKING,
    /** It is answered. */
    ENDED
  }

  Exchange(HttpRequest request, String id) {
    this.request = request;
    this.id = id;
    announcedBytes = announcedBytes(request);
    keepAlive = HttpUtil.isKeepAlive(request);
  }

  private static long announcedBytes(HttpRequest request) {
    try {
      return HttpUtil.getContentLength(request, -1L);
    } catch (NumberFormatException _) {
      // More than a long holds is more than anything takes; the head is refused for it.
      return Long.MAX_VALUE;
    }
  }

  HttpRequest request() {
    return request;
  }

  String id() {
    return id;
  }

  String method() {
    return request.method().name();
  }

  Operation operation() {
    return handling.operation();
  }

  /** Whether more than an empty body may come. */
  boolean hasBody() {
    return announcedBytes > 0 || HttpUtil.isTransferEncodingChunked(request);
  }

  /** The length that the head names, or a negative number. */
  long announcedBytes() {
    return announcedBytes;
  }

  Stage stage() {
    return stage;
  }

  boolean keepAlive() {
    return keepAlive;
  }

  void closeAfterwards() {
    keepAlive = false;
  }

  /** It counts among the requests under way from here on. */
  void permit() {
    permitted = true;
  }

  /** Whether it counted; it does no more. */
  boolean takePermit() {
    boolean was = permitted;
    permitted = false;
    return was;
  }

  void handling(Handling found) {
    handling = found;
  }

  int bodyLimit() {
    return handling.bodyLimit();
  }

  int receivedBytes() {
    return body.length();
  }

  void append(ByteBuf content) {
    body.append(content, announcedBytes);
  }

  /** The body is whole: does what was asked. */
  void work(Consumer<Answer> done) {
    stage = Stage.WORKING;
    receivedNanos = System.nanoTime();
    Bytes whole = body.toBytes();
    handling.work().begin(whole, done);
  }

  void end() {
    stage = Stage.ENDED;
  }

  long nanosSinceHead() {
    return System.nanoTime() - beganNanos;
  }

  /** How long the body took to come. */
  long receivingNanos() {
    return receivedNanos == 0 ? nanosSinceHead() : receivedNanos - beganNanos;
  }
}
