package io.cartwheel.transport.frame;

import io.cartwheel.core.item.MalformedException;
import io.cartwheel.core.message.Failure;
import io.cartwheel.core.message.Message;
import io.cartwheel.core.message.PutOutcome;
import io.cartwheel.transport.wire.Peer.ForwardedOutcome;

/** Reads what became of forwarded writes. */
final class OutcomeDecoder {
  private OutcomeDecoder() {}

  static Frame decode(ForwardedOutcome reply) throws MalformedException {
    return switch (reply.getOutcomeCase()) {
      case STORED -> said(reply, stored(reply.getStored()));
      case UNAVAILABLE -> failed(reply, unavailable(reply.getUnavailable()));
      case TIMEOUT -> failed(reply, timeout(reply.getTimeout()));
      case TOO_LARGE -> failed(reply, tooLarge(reply.getTooLarge()));
      case TOO_MANY_SIBLINGS -> failed(reply, tooManySiblings(reply.getTooManySiblings()));
      case INVALID -> failed(reply, new Failure.Invalid(reply.getInvalid().getReason()));
      case OVERLOADED -> failed(reply, new Failure.Overloaded());
      case STORAGE_FAILED -> failed(reply, new Failure.StorageFailed());
      case OUTCOME_NOT_SET -> new Frame.Unknown();
    };
  }

  private static Frame said(ForwardedOutcome reply, PutOutcome outcome) {
    return new Frame.Said(new Message.ForwardedOutcome(reply.getId(), outcome));
  }

  private static Frame failed(ForwardedOutcome reply, Failure failure) {
    return said(reply, new PutOutcome.Failed(failure));
  }

  private static PutOutcome stored(ForwardedOutcome.Stored stored) throws MalformedException {
    return new PutOutcome.Stored(
        FrameDecoder.vector(stored.getClock()),
        stored.getAlone(),
        stored.getCoordinator(),
        FrameDecoder.state(stored.getState()));
  }

  private static Failure unavailable(ForwardedOutcome.Unavailable failure)
      throws MalformedException {
    return new Failure.Unavailable(
        FrameDecoder.count(failure.getNeeded()),
        FrameDecoder.count(failure.getReachable()),
        failure.getIndeterminate(),
        failure.getOfOwners());
  }

  private static Failure timeout(ForwardedOutcome.Timeout failure) throws MalformedException {
    return new Failure.Timeout(
        FrameDecoder.count(failure.getNeeded()),
        FrameDecoder.count(failure.getAcked()),
        FrameDecoder.count(failure.getDurable()),
        failure.getIndeterminate());
  }

  private static Failure tooLarge(ForwardedOutcome.TooLarge failure) throws MalformedException {
    return new Failure.TooLarge(
        FrameDecoder.count(failure.getBytes()), FrameDecoder.count(failure.getLimit()));
  }

  private static Failure tooManySiblings(ForwardedOutcome.TooManySiblings failure)
      throws MalformedException {
    return new Failure.TooManySiblings(
        FrameDecoder.count(failure.getSiblings()), FrameDecoder.count(failure.getBytes()));
  }
}
