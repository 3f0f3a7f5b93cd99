package io.cartwheel.server.http;

import io.cartwheel.core.item.Bytes;
import io.cartwheel.server.http.message.Answer;
import io.cartwheel.server.http.message.HttpDate;
import io.cartwheel.server.http.message.Names;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;

/** Puts an answer on a connection. */
final class AnswerWriter {
  private AnswerWriter() {}

  /** Writes and flushes; the headers of the connection, the length and the id are added. */
  static ChannelFuture write(ChannelHandlerContext to, Exchange exchange, Answer answer) {
    HttpHeaders headers = answer.headers();
    headers.set(RequestIds.HEADER, exchange.id());
    headers.set(Names.DATE, HttpDate.of(System.currentTimeMillis()));
    boolean hasLength = answer.status() != 204 && answer.status() != 304;
    if (hasLength) {
      headers.set(Names.CONTENT_LENGTH, Integer.toString(answer.bodyBytes()));
    }
    HttpVersion version = exchange.request().protocolVersion();
    HttpUtil.setKeepAlive(headers, version, exchange.keepAlive());
    boolean isHead = exchange.method().equals("HEAD");
    ByteBuf body = isHead || !hasLength ? Unpooled.EMPTY_BUFFER : body(to, answer);
    return to.writeAndFlush(
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.valueOf(answer.status()),
            body,
            headers,
            EmptyHttpHeaders.INSTANCE));
  }

  private static ByteBuf body(ChannelHandlerContext to, Answer answer) {
    int length = answer.bodyBytes();
    if (length == 0) {
      return Unpooled.EMPTY_BUFFER;
    }
    ByteBuf body = to.alloc().directBuffer(length, length);
    for (Bytes piece : answer.body()) {
      body.writeBytes(piece.toBuffer());
    }
    return body;
  }
}
