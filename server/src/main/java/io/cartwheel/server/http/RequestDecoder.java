package io.cartwheel.server.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.util.AsciiString;
import java.util.List;

/**
 * Decodes one request at a time: what comes behind one that is worked on stays as it came, for
 * decoded requests take many times the room of their bytes. Tells its connection of every byte that
 * it holds or turned into something else than content.
 */
final class RequestDecoder extends HttpRequestDecoder {
  /** Trailers count too; each costs some hundred bytes beside its own. */
  static final int MAX_HEADERS = 100;

  /** A path of type, bucket and key with every byte escaped, and most of that again for a query. */
  private static final int MAX_LINE_BYTES = 8 << 10;

  private static final int CHUNK_BYTES = 64 << 10;

  private final HttpConnection connection;
  private int headers;

  /** The line before was a header, and was the last that has come. */
  private boolean afterHeader;

  RequestDecoder(HttpConnection connection, int maxHeaderBytes) {
    super(
        new HttpDecoderConfig()
            .setMaxInitialLineLength(MAX_LINE_BYTES)
            .setMaxHeaderSize(maxHeaderBytes)
            .setMaxChunkSize(CHUNK_BYTES));
    this.connection = connection;
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
    if (connection.isLeaving()) {
      in.skipBytes(in.readableBytes());
    } else if (connection.isBusy()) {
      ctx.channel().config().setAutoRead(false);
    } else {
      decodeMore(ctx, in, out);
    }
    connection.undecoded(in.readableBytes());
  }

  /**
   * A header that goes on in another line is refused, as RFC 9112 §5.2 has it: the decoder would
   * copy all of it for each line. Within what has come, {@link #splitHeaderName} sees to that.
   */
  private void decodeMore(ChannelHandlerContext ctx, ByteBuf in, List<Object> out)
      throws Exception {
    if (afterHeader && beginsWithBlank(in)) {
      in.skipBytes(in.readableBytes());
      connection.folded();
    } else {
      int before = in.readableBytes();
      super.decode(ctx, in, out);
      afterHeader &= out.isEmpty();
      int content = contentBytes(out);
      connection.decoded(before - in.readableBytes() - content);
    }
  }

  /** A header goes on in another line. */
  static final class FoldedHeaderException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;
  }

  private static boolean beginsWithBlank(ByteBuf in) {
    return in.isReadable()
        && (in.getByte(in.readerIndex()) == ' ' || in.getByte(in.readerIndex()) == '\t');
  }

  /** What is in {@code out} came from this decoding alone: the rest was passed on before. */
  private static int contentBytes(List<Object> out) {
    int bytes = 0;
    for (Object message : out) {
      if (message instanceof HttpContent content) {
        bytes += content.content().readableBytes();
      }
    }
    return bytes;
  }

  @Override
  protected HttpMessage createMessage(String[] initialLine) throws Exception {
    headers = 0;
    return super.createMessage(initialLine);
  }

  /** Who believes the one and who the other see different requests: refused, not guessed. */
  @Override
  protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
    throw new IllegalArgumentException("Transfer-Encoding and Content-Length");
  }

  @Override
  protected AsciiString splitHeaderName(byte[] line, int start, int length) {
    if (++headers > MAX_HEADERS) {
      throw new TooLongHttpHeaderException("more than " + MAX_HEADERS + " headers");
    }
    if (beginsWithBlank(internalBuffer())) {
      throw new FoldedHeaderException();
    }
    afterHeader = true;
    return super.splitHeaderName(line, start, length);
  }
}
