package io.cartwheel.server.http;

import io.cartwheel.server.http.Exchange.Stage;
import io.cartwheel.server.http.PhaseTimer.Phase;
import io.cartwheel.server.http.message.Answer;
import io.cartwheel.server.http.message.Problem;
import io.cartwheel.server.http.message.RefusedException;
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
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's connection: takes its requests one after the other and answers them in that order.
 *
 * <p>While one is worked on, what comes after it waits, and soon nothing more is read. Belongs to
 * its loop.
 */
final class HttpConnection extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(HttpConnection.class);

  /** How much more is read after the last answer, so that its receiver comes to see it. */
  private static final int DRAINED_BYTES = 4 << 20;

  private final ServerParts parts;
  private final Queue<Object> waiting = new ArrayDeque<>();
  private @Nullable Exchange current;
  private @Nullable PhaseTimer phaseTimer;
  private @Nullable ChannelHandlerContext context;
  private boolean taking;

  /** The client takes in its answers more slowly than they are made. */
  private boolean clogged;

  /** The last answer was written; what still comes is thrown away. */
  private boolean leaving;

  private int drainedBytes;

  HttpConnection(ServerParts parts) {
    this.parts = parts;
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
    if (timer().phase() == Phase.IDLE) {
      timer().enter(Phase.HEAD);
    }
    if (leaving) {
      drainedBytes += count;
      if (drainedBytes > DRAINED_BYTES) {
        channel().close();
      }
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    waiting.add(message);
    takeWaiting();
  }

  private void takeWaiting() {
    if (taking) {
      return;
    }
    taking = true;
    while (!isBusy() && !waiting.isEmpty()) {
      Object message = waiting.remove();
      try {
        take(message);
      } finally {
        ReferenceCountUtil.release(message);
      }
    }
    taking = false;
    channel().config().setAutoRead(waiting.isEmpty());
  }

  private boolean isBusy() {
    return clogged || current != null && current.stage() == Stage.WORKING;
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
      refuse(exchange, HeadCheck.malformedBody());
    } else if (exchange.receivedBytes() + bytes > exchange.bodyLimit()) {
      refuse(exchange, HeadCheck.tooLarge(exchange.bodyLimit()));
    } else if (!parts.bytes().take(bytes)) {
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
      takeWaiting();
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
    parts.bytes().giveBack(exchange.receivedBytes());
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
      takeWaiting();
    }
  }

  private void tooSlow(Phase phase) {
    parts.meters().timedOut();
    switch (phase) {
      case HEAD, BODY -> {
        Exchange exchange = current == null ? nameless() : current;
        exchange.closeAfterwards();
        answer(exchange, Answer.of(HeadCheck.tooSlow(), exchange.request().headers()));
      }
      case IDLE, TAKING, LEAVING, WORKING -> channel().close();
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
    waiting.forEach(ReferenceCountUtil::release);
    waiting.clear();
    if (current != null && current.stage() == Stage.RECEIVING) {
      release(current);
    }
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
