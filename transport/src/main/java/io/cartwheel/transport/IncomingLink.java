package io.cartwheel.transport;

import io.cartwheel.core.item.MalformedException;
import io.cartwheel.core.message.GetRequest;
import io.cartwheel.core.message.Message;
import io.cartwheel.core.ring.MemberId;
import io.cartwheel.transport.frame.FrameEncoder;
import io.cartwheel.transport.wire.Peer;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * A link that a peer dialled: requests come in, replies go out.
 *
 * <p>It stops reading while too many requests await their answers, or while the peer does not read
 * the answers that it has.
 */
final class IncomingLink extends Link {
  private final int shard;
  private final EventLoop loop;
  private final int peerFrameBytes;
  private final RequestRouter router;
  private final Consumer<IncomingLink> onEnd;
  private final Unanswered unanswered;
  private final BiConsumer<IncomingRequest, Message.Reply> answers = this::answer;
  private boolean congested;

  /**
   * Who is at the other end, and which of our shards this end belongs to.
   *
   * @param frameBytes the largest frame that the peer takes
   */
  record End(MemberId member, int shard, int frameBytes) {}

  IncomingLink(
      Wiring wiring, Line line, End end, RequestRouter router, Consumer<IncomingLink> onEnd) {
    super(wiring, end.member(), line);
    shard = end.shard();
    loop = wiring.loops().get(shard);
    peerFrameBytes = end.frameBytes();
    this.router = router;
    this.onEnd = onEnd;
    NetworkSettings.Limits limits = wiring.settings().limits();
    unanswered = new Unanswered(limits.unansweredRequests(), limits.unansweredBytes());
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    super.handlerAdded(ctx);
    wiring.counters().incoming.increment();
  }

  @Override
  void heard(Message message, int frameBytes) throws MalformedException {
    switch (message) {
      case Message.Request request -> {
        int millis = Math.min(request.timeoutMillis(), GetRequest.MAX_TIMEOUT_MILLIS);
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        var incoming = new IncomingRequest(answers, frameBytes, deadline);
        unanswered.add(incoming);
        readOrNot();
        if (!router.route(shard, member, request, incoming)) {
          close("shutting down");
        }
      }
      case Message.Reply _ -> throw new MalformedException("a reply where requests come");
    }
  }

  /** Sends the answer to a request; on any thread. */
  private void answer(IncomingRequest request, Message.Reply reply) {
    if (loop.inEventLoop()) {
      answerHere(request, reply);
      return;
    }
    try {
      loop.execute(() -> answerHere(request, reply));
    } catch (RejectedExecutionException e) {
      // The loop has ended, and all its connections with it.
      return;
    }
  }

  private void answerHere(IncomingRequest request, Message.Reply reply) {
    if (!unanswered.remove(request)) {
      return;
    }
    Peer.PeerFrame frame = FrameEncoder.encode(reply);
    if (frame.getSerializedSize() > peerFrameBytes) {
      // The work may have been done, so only a refusal that leaves this open is true.
      var refusal = new Message.Refused(reply.id(), Message.Refusal.STORAGE_FAILED);
      frame = FrameEncoder.encode(refusal);
    }
    if (!line.writer().write(frame)) {
      close("it does not read its replies");
    }
    readOrNot();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    congested = !ctx.channel().isWritable();
    readOrNot();
  }

  @Override
  public void beat() {
    unanswered.expire(System.nanoTime());
    readOrNot();
  }

  @Override
  void ended(String reason) {
    unanswered.clear();
    wiring.counters().incoming.decrement();
    onEnd.accept(this);
  }

  private void readOrNot() {
    boolean reading = !congested && !unanswered.isFull();
    if (line.channel().config().isAutoRead() != reading) {
      line.channel().config().setAutoRead(reading);
    }
  }
}
