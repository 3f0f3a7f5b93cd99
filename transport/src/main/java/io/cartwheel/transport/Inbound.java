package io.cartwheel.transport;

import io.cartwheel.core.message.Message;
import io.cartwheel.core.ring.MemberId;
import java.util.function.Consumer;

/** Takes the requests of other members. */
@FunctionalInterface
public interface Inbound {
  /**
   * A request came: for a key of one of the shard's partitions, or without a key over one of the
   * shard's links. Called on the shard's event loop; must neither block nor throw.
   *
   * @param shard whose request it is to answer
   * @param reply takes the answer, at most once, on any thread; what comes after the connection
   *     broke is dropped
   */
  void received(int shard, MemberId from, Message.Request request, Consumer<Message.Reply> reply);
}
