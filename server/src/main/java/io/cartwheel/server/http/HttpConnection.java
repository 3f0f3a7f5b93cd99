package io.cartwheel.server.http;

import io.cartwheel.server.http.Exchange.Stage;
import io.cartwheel.server.http.PhaseTimer.Phase;
import io.cartwheel.server.http.message.Answer;
import io.cartwheel.server.http.message.Problem;
import io.cartwheel.server.http.message.RefusedException;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's connection: takes its requests one after the other and answers them in that order.
 *
 * <p>While one is worked on, what comes after it stays undecoded, and soon nothing more is read.
 * Every byte that is held, heads and undecoded ones too, counts toward what all connections may
 * hold together. Belongs to its loop.
 */
final class HttpConnection extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(HttpConnection.class);

  /** How much more is read after the last answer, so that its receiver comes to see it. */
  private static final int DRAINED_BYTES = 4 << 20;

  /** The decoder keeps a buffer of the longest header it saw: beyond this a connection ends. */
  private static final int LASTING_HEAD_BYTES = 8 << 10;

  /** A head is held as texts, which take more room than its bytes. */
  private static final int HEAD_WEIGHT = 2;

  private final ServerParts parts;
  private final Share share;
  private @Nullable Exchange current;
  private @Nullable PhaseTimer phaseTimer;
  private @Nullable ChannelHandlerContext context;
  private boolean taking;

  /** The client takes in its answers more slowly than they are made. */
  private boolean clogged;

  /** The last answer was written; what still comes is thrown away. */
  private boolean leaving;

  private int drainedBytes;
  private int headBytes;

  HttpConnection(ServerParts parts) {
    this.parts = parts;
    share = new Share(parts.bytes());
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
    phaseTimer =
        new PhaseTimer(ctx.channel().eventLoop(), parts.settings().timeouts(), this::tooSlow);
  }

  private ChannelHandlerContext context() {
    return Objects.requireNonNull(context);
  }

  private Channel channel() {
    return context().channel();
  }

  private PhaseTimer timer() {
    return Objects.requireNonNull(phaseTimer);
  }

  /** So many bytes came, of whatever. */
  void bytesCame(int count) {
    if (leaving) {
      drainedBytes += count;
      if (drainedBytes > DRAINED_BYTES) {
        channel().close();
      }
    }
  }

  /** So many bytes became a head, or part of one, or what frames the content of a body. */
  void decoded(int bytes) {
    if (bytes > 0 && current == null) {
      headBegins();
      headBytes += bytes;
    }
    if (!share.take((long) HEAD_WEIGHT * bytes)) {
      noRoom();
    }
  }

  /** So many bytes wait to be decoded. */
  void undecoded(int bytes) {
    if (bytes > 0 && !isBusy()) {
      headBegins();
    }
    if (!share.undecoded(bytes)) {
      noRoom();
    }
  }

  private void headBegins() {
    if (timer().phase() == Phase.IDLE || timer().phase() == Phase.FRESH) {
      timer().enter(Phase.HEAD);
    }
  }

  private void noRoom() {
    if (isBusy() || leaving) {
      channel().close();
      return;
    }
    giveUp(HeadCheck.overloaded());
  }

  /** A header goes on in a line of its own. */
  void folded() {
    giveUp(HeadCheck.folded());
  }

  /** Answers what is not there as a whole, and leaves. */
  private void giveUp(Problem problem) {
    Exchange exchange = current == null ? nameless() : current;
    exchange.closeAfterwards();
    answer(exchange, Answer.of(problem, exchange.request().headers()));
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    taking = true;
    try {
      take(message);
    } finally {
      taking = false;
      ReferenceCountUtil.release(message);
    }
  }

  /** Goes on with what came while this side was busy. */
  private void resume() {
    if (!taking && !isBusy() && !leaving && share.hasUndecoded()) {
      channel().pipeline().fireChannelRead(Unpooled.EMPTY_BUFFER).fireChannelReadComplete();
    }
    if (!isBusy() || !share.hasUndecoded()) {
      channel().config().setAutoRead(true);
    }
  }

  /** Whether what comes now has to wait. */
  boolean isBusy() {
    return clogged || current != null && current.stage() == Stage.WORKING;
  }

  /** Whether what comes now is thrown away. */
  boolean isLeaving() {
    return leaving;
  }

  private void take(Object message) {
    if (leaving) {
      return;
    }
    if (message instanceof HttpRequest request) {
      begin(request);
    }
    if (message instanceof HttpContent content && current != null) {
      receive(current, content);
    }
  }

  private void begin(HttpRequest request) {
    timer().enter(Phase.BODY);
    Exchange exchange = null;
    try {
      exchange = new Exchange(request, parts.ids().of(request.headers()));
      current = exchange;
      exchange.handling(HeadCheck.check(exchange, parts));
      if (headBytes > LASTING_HEAD_BYTES) {
        exchange.closeAfterwards();
      }
      if (HttpUtil.is100ContinueExpected(request)) {
        context()
            .writeAndFlush(
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
      }
    } catch (RefusedException e) {
      refuse(orNew(exchange, request), e.problem());
    } catch (RuntimeException e) {
      LOG.error("the head of a request failed", e);
      refuse(orNew(exchange, request), HeadCheck.failed());
    }
  }

  private Exchange orNew(@Nullable Exchange exchange, HttpRequest request) {
    return exchange == null ? new Exchange(request, parts.ids().make()) : exchange;
  }

  /** Answers before the body is there; whoever still sends one is left after that. */
  private void refuse(Exchange exchange, Problem problem) {
    if (exchange.hasBody() || exchange.request().decoderResult().isFailure()) {
      exchange.closeAfterwards();
    }
    answer(exchange, Answer.of(problem, exchange.request().headers()));
  }

  private void receive(Exchange exchange, HttpContent content) {
    int bytes = content.content().readableBytes();
    timer().moved(bytes);
    if (content.decoderResult().isFailure()) {
      refuse(exchange, HeadCheck.malformedBody(content.decoderResult().cause()));
    } else if (exchange.receivedBytes() + bytes > exchange.bodyLimit()) {
      refuse(exchange, HeadCheck.tooLarge(exchange.bodyLimit()));
    } else if (!share.take(bytes)) {
      refuse(exchange, HeadCheck.overloaded());
    } else {
      exchange.append(content.content());
      if (content instanceof LastHttpContent) {
        work(exchange);
      }
    }
  }

  private void work(Exchange exchange) {
    timer().enter(Phase.WORKING);
    try {
      exchange.work(answer -> deliver(exchange, answer));
    } catch (RuntimeException e) {
      LOG.error("request {} failed", exchange.id(), e);
      deliver(exchange, Answer.of(HeadCheck.failed(), exchange.request().headers()));
    }
  }

  /** On any thread. */
  private void deliver(Exchange exchange, Answer answer) {
    var loop = channel().eventLoop();
    if (loop.inEventLoop()) {
      worked(exchange, answer);
    } else {
      loop.execute(() -> worked(exchange, answer));
    }
  }

  private void worked(Exchange exchange, Answer answer) {
    if (exchange.stage() == Stage.WORKING) {
      answer(exchange, answer);
      resume();
    }
  }

  /** Writes the answer and ends the request. */
  private void answer(Exchange exchange, Answer answer) {
    if (parts.closing().hasBegun()) {
      exchange.closeAfterwards();
    }
    int bytes = answer.bodyBytes();
    boolean held = parts.bytes().take(bytes);
    Answer told =
        held ? answer : Answer.of(HeadCheck.noRoomForAnswer(), exchange.request().headers());
    ChannelFuture written = AnswerWriter.write(context(), exchange, told);
    if (held && bytes > 0) {
      written.addListener(_ -> parts.bytes().giveBack(bytes));
    }
    parts.meters().answered(exchange.operation(), told.status(), exchange.nanosSinceHead());
    parts.slow().answered(exchange, told.status());
    boolean whole = exchange.stage() == Stage.WORKING;
    release(exchange);
    if (!exchange.keepAlive()) {
      leave(written, whole);
    } else if (!channel().isWritable()) {
      clogged = true;
      timer().enter(Phase.TAKING);
      timer().moved(bytes);
    } else {
      timer().enter(Phase.IDLE);
    }
  }

  private void release(Exchange exchange) {
    exchange.end();
    current = null;
    headBytes = 0;
    share.giveBack();
    if (exchange.takePermit()) {
      parts.requests().giveBack(1);
    }
  }

  /**
   * Closes after the last answer. Closing while the client still sends would take the answer from
   * it, so then this side only falls silent, and listens for a while.
   */
  private void leave(ChannelFuture written, boolean heardAll) {
    leaving = true;
    timer().enter(Phase.LEAVING);
    if (heardAll) {
      written.addListener(ChannelFutureListener.CLOSE);
    } else if (channel() instanceof DuplexChannel duplex) {
      written.addListener(_ -> duplex.shutdownOutput());
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (clogged && ctx.channel().isWritable()) {
      clogged = false;
      timer().enter(Phase.IDLE);
      resume();
    }
  }

  private void tooSlow(Phase phase) {
    parts.meters().timedOut();
    switch (phase) {
      case HEAD, BODY -> giveUp(HeadCheck.tooSlow());
      case FRESH, IDLE, TAKING, LEAVING, WORKING -> channel().close();
    }
  }

  /** Stands for a request whose head never came. */
  private Exchange nameless() {
    var request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/");
    return new Exchange(request, parts.ids().make());
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    timer().stop();
    leaving = true;
    if (current == null) {
      share.giveBack();
    } else if (current.stage() == Stage.RECEIVING) {
      release(current);
    }
    share.undecoded(0);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof IOException) {
      LOG.debug("connection broke: {}", cause.toString());
    } else {
      LOG.error("connection failed", cause);
    }
    ctx.close();
  }
}
