package io.cartwheel.transport;

import org.jspecify.annotations.Nullable;

/**
 * The requests of one link that still await their answers, oldest first, and whether there are too
 * many to take more. For one thread.
 */
final class Unanswered {
  private final int maxRequests;
  private final long maxBytes;

  private @Nullable IncomingRequest first;
  private @Nullable IncomingRequest last;
  private int requests;
  private long bytes;
  private boolean full;

  Unanswered(int maxRequests, long maxBytes) {
    this.maxRequests = maxRequests;
    this.maxBytes = maxBytes;
  }

  int requests() {
    return requests;
  }

  /**
   * Whether no more should be taken: from when either bound is reached until both are down to half,
   * so that reading does not start and stop with each answer.
   */
  boolean isFull() {
    if (full) {
      full = requests > maxRequests / 2 || bytes > maxBytes / 2;
    } else {
      full = requests >= maxRequests || bytes >= maxBytes;
    }
    return full;
  }

  void add(IncomingRequest request) {
    request.waiting = true;
    request.previous = last;
    if (last == null) {
      first = request;
    } else {
      last.next = request;
    }
    last = request;
    requests++;
    bytes += request.bytes;
  }

  /** Strikes a request off; false if it was off already. */
  boolean remove(IncomingRequest request) {
    if (!request.waiting) {
      return false;
    }
    request.waiting = false;
    IncomingRequest before = request.previous;
    IncomingRequest after = request.next;
    if (before == null) {
      first = after;
    } else {
      before.next = after;
    }
    if (after == null) {
      last = before;
    } else {
      after.previous = before;
    }
    request.previous = null;
    request.next = null;
    requests--;
    bytes -= request.bytes;
    return true;
  }

  /** Strikes off those that nobody waits for any more: an answer is not owed to every request. */
  void expire(long nowNanos) {
    IncomingRequest each = first;
    while (each != null) {
      IncomingRequest after = each.next;
      if (each.deadlineNanos - nowNanos < 0) {
        remove(each);
      }
      each = after;
    }
  }

  /** Forgets all. */
  void clear() {
    while (first != null) {
      remove(first);
    }
  }
}
