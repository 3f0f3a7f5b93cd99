package io.cartwheel.transport;

import io.cartwheel.transport.wire.Peer;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Requests that wait for a link to be dialled; bounded. For one thread. */
final class Outbox {
  private final long limitBytes;
  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
  private long bytes;

  /** A request as it will be sent, and until when that makes sense. */
  record Waiting(long id, Peer.PeerFrame frame, long deadlineNanos) {}

  Outbox(long limitBytes) {
    this.limitBytes = limitBytes;
  }

  /** Takes a request unless there is too much; one larger than the bound is taken alone. */
  boolean offer(long id, Peer.PeerFrame frame, int timeoutMillis) {
    int size = frame.getSerializedSize();
    if (bytes > 0 && bytes + size > limitBytes) {
      return false;
    }
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
    waiting.add(new Waiting(id, frame, deadline));
    bytes += size;
    return true;
  }

  /** Gives out all whose time has not passed, in the order of their coming. */
  void drain(Consumer<Waiting> to) {
    long now = System.nanoTime();
    for (Waiting next = waiting.poll(); next != null; next = waiting.poll()) {
      if (next.deadlineNanos() - now > 0) {
        to.accept(next);
      }
    }
    bytes = 0;
  }

  void clear() {
    waiting.clear();
    bytes = 0;
  }
}
