package io.cartwheel.server.node;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a node has opened so far, to be closed in the reverse order. */
final class Opened {
  private static final Logger LOG = LoggerFactory.getLogger("cartwheel.node");

  private final Deque<Part> parts = new ArrayDeque<>();
  private boolean well = true;

  /** How one thing closes. */
  interface Closing {
    void close() throws Exception;
  }

  private record Part(String what, Closing closing) {}

  /** Remembers the closing of what was just opened. */
  void add(String what, Closing closing) {
    parts.push(new Part(what, closing));
  }

  /** Whether whatever was closed so far went well. */
  boolean allWell() {
    return well;
  }

  /**
   * Closes everything; without effect the second time. One thing that can't be closed does not keep
   * the others open.
   */
  void closeAll() {
    while (!parts.isEmpty()) {
      Part part = parts.pop();
      try {
        part.closing().close();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        well = false;
      } catch (Exception e) {
        LOG.error("Closing {} failed: the stop is not clean", part.what(), e);
        well = false;
      }
    }
  }
}
