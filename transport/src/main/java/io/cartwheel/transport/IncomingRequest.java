package io.cartwheel.transport;

import io.cartwheel.core.message.Message;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A request that came over a link, and the place where its answer goes. */
final class IncomingRequest implements Consumer<Message.Reply> {
  private final BiConsumer<IncomingRequest, Message.Reply> link;
  final int bytes;
  final long deadlineNanos;

  /** Neighbours among the link's unanswered requests; both are its alone. */
  @Nullable IncomingRequest previous;

  @Nullable IncomingRequest next;
  boolean waiting;

  IncomingRequest(BiConsumer<IncomingRequest, Message.Reply> link, int bytes, long deadlineNanos) {
    this.link = link;
    this.bytes = bytes;
    this.deadlineNanos = deadlineNanos;
  }

  @Override
  public void accept(Message.Reply reply) {
    link.accept(this, reply);
  }
}
