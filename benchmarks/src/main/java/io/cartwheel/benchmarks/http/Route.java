package io.cartwheel.benchmarks.http;

import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Which node to turn to: the first in the order of preference that is not being left alone. One
 * that failed is left alone for a moment, and for longer and longer while it goes on failing.
 */
final class Route {
  private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final long LONGEST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final List<Node> nodes;
  private final long[] pauseNanos;
  private final long[] failedNanos;

  /**
   * All nodes are thought to be well.
   *
   * @param nodes in the order of preference
   */
  Route(List<Node> nodes) {
    this.nodes = List.copyOf(nodes);
    pauseNanos = new long[nodes.size()];
    failedNanos = new long[nodes.size()];
  }

  int size() {
    return nodes.size();
  }

  Node node(int index) {
    return nodes.get(index);
  }

  /** The index of the node to turn to; when all are left alone, of the one that is so least. */
  int choose(long nowNanos) {
    int best = 0;
    for (int i = 0; i < nodes.size(); i++) {
      if (waitNanos(i, nowNanos) <= 0) {
        return i;
      }
      if (waitNanos(i, nowNanos) < waitNanos(best, nowNanos)) {
        best = i;
      }
    }
    return best;
  }

  /** How long a node should still be left alone, 0 or less for no longer. */
  long waitNanos(int index, long nowNanos) {
    return pauseNanos[index] == 0 ? 0 : failedNanos[index] + pauseNanos[index] - nowNanos;
  }

  void succeeded(int index) {
    pauseNanos[index] = 0;
  }

  void failed(int index, long nowNanos) {
    failedNanos[index] = nowNanos;
    pauseNanos[index] = Math.clamp(2 * pauseNanos[index], FIRST_PAUSE_NANOS, LONGEST_PAUSE_NANOS);
  }
}
