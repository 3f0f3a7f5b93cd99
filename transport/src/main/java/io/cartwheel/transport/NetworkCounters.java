package io.cartwheel.transport;

import io.cartwheel.transport.frame.FrameCounters;
import java.util.concurrent.atomic.LongAdder;

/** Counts what {@link Traffic} tells, from all threads. */
final class NetworkCounters {
  final FrameCounters frames = new FrameCounters();
  final LongAdder outgoing = new LongAdder();
  final LongAdder incoming = new LongAdder();
  final LongAdder dialsFailed = new LongAdder();
  final LongAdder handshakesRefused = new LongAdder();
  final LongAdder malformed = new LongAdder();
  final LongAdder ignored = new LongAdder();
  final LongAdder unsent = new LongAdder();
  final LongAdder hops = new LongAdder();

  Traffic snapshot() {
    return new Traffic(
        outgoing.sum(),
        incoming.sum(),
        frames.bytesIn.sum(),
        frames.bytesOut.sum(),
        frames.framesIn.sum(),
        frames.framesOut.sum(),
        dialsFailed.sum(),
        handshakesRefused.sum(),
        malformed.sum(),
        ignored.sum(),
        unsent.sum(),
        hops.sum());
  }
}
