package io.cartwheel.transport;

import io.cartwheel.core.message.Message;
import io.cartwheel.transport.wire.Peer;

/** Who dials links: hears on its shard's event loop, never from within a call of its own. */
interface LinkOwner {
  /** A dialled link stands. */
  void stood(OutgoingLink link, Peer.Welcome welcome);

  /** A link could not be had. */
  void failed(DialAttempt attempt, String reason);

  void replied(Message.Reply reply);

  /** A link that stood is gone. */
  void broke(OutgoingLink link, String reason);
}
