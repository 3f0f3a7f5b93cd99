package io.cartwheel.server.http;

/** What one connection holds of the bytes that all may hold together. Belongs to its loop. */
final class Share {
  private final Budget budget;
  private long undecoded;
  private long held;

  Share(Budget budget) {
    this.budget = budget;
  }

  /** Holds so much more, if there is room for it. */
  boolean take(long bytes) {
    if (bytes > 0 && !budget.take(bytes)) {
      return false;
    }
    held += bytes;
    return true;
  }

  /** So much waits undecoded from now on, whatever did before; false if there is no room for it. */
  boolean undecoded(long bytes) {
    long more = bytes - undecoded;
    if (more > 0 && !budget.take(more)) {
      return false;
    }
    if (more < 0) {
      budget.giveBack(-more);
    }
    undecoded = bytes;
    return true;
  }

  boolean hasUndecoded() {
    return undecoded > 0;
  }

  /** Holds nothing any more but what waits undecoded. */
  void giveBack() {
    if (held > 0) {
      budget.giveBack(held);
      held = 0;
    }
  }
}
