package io.cartwheel.transport.frame;

import io.cartwheel.core.message.Message;
import io.cartwheel.transport.wire.Peer;

/** What one frame held. */
public sealed interface Frame {

  /** A request or a reply. */
  record Said(Message message) implements Frame {}

  /** The dialler's part of the handshake. */
  record Greeted(Peer.Hello hello) implements Frame {}

  /** The acceptor agrees. */
  record Welcomed(Peer.Welcome welcome) implements Frame {}

  /** The acceptor refuses. */
  record Rejected(Peer.Rejection rejection) implements Frame {}

  /** A sign of life. */
  record Pinged() implements Frame {}

  /** Something of a newer version: to be ignored. */
  record Unknown() implements Frame {}
}
