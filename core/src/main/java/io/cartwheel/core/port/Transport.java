package io.cartwheel.core.port;

import io.cartwheel.core.message.Message;
import io.cartwheel.core.ring.MemberId;

/**
 * A shard's way to the other members.
 *
 * <p>Sending never blocks and never throws: what cannot be sent is told to the {@link Listener}
 * later, on the shard's thread, never from within the call. Requests may be lost, late, repeated
 * and reordered; a reply goes back the way its request came, without this port.
 */
public interface Transport {
  /** Sends, dialling first where there is no connection. */
  void send(MemberId to, Message.Request request);

  /** Whether a connection to the member stands. */
  boolean isConnected(MemberId member);

  /** Dials unless connected or dialling; the listener hears how it went. */
  void dial(MemberId member);

  /** What a shard hears from its transport. */
  interface Listener {
    /** A reply to one of this shard's requests; it may be late, repeated, or to a request ended. */
    void replied(MemberId from, Message.Reply reply);

    /** A connection to the member stands. */
    void connected(MemberId member);

    /** The connection broke or could not be made: no request under way to it will be answered. */
    void lost(MemberId member);

    /** This one request was not sent, for example because too much waits for the member. */
    void unsent(MemberId member, long requestId);
  }
}
