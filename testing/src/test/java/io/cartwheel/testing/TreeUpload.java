package io.cartwheel.testing;

import io.cartwheel.testing.SourceTree.Entry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Writes a tree's files through whichever nodes are in use, several at a time.
 *
 * <p>A write that its node took to the grave is sent to another one as the same request. Whatever a
 * living node refuses is noted.
 */
final class TreeUpload {
  static final String BUCKET = "tree";
  private static final int WRITERS = 8;

  private final ConcurrentLinkedQueue<Entry> waiting;
  private final CopyOnWriteArrayList<ServerProcess> inUse;
  private final AtomicInteger written = new AtomicInteger();
  private final AtomicInteger resent = new AtomicInteger();
  private final AtomicInteger turn = new AtomicInteger();
  private final List<String> refused = Collections.synchronizedList(new ArrayList<>());

  TreeUpload(List<Entry> entries, List<ServerProcess> nodes) {
    waiting = new ConcurrentLinkedQueue<>(entries);
    inUse = new CopyOnWriteArrayList<>(nodes);
  }

  /** Starts the writers. */
  List<Thread> start() {
    var writers = new ArrayList<Thread>();
    for (int i = 0; i < WRITERS; i++) {
      writers.add(Thread.ofVirtual().start(this::write));
    }
    return writers;
  }

  int written() {
    return written.get();
  }

  int resent() {
    return resent.get();
  }

  /** What living nodes refused; empty when all went well. */
  List<String> refused() {
    return List.copyOf(refused);
  }

  /** Sends this node no more. */
  void leaveOut(ServerProcess node) {
    inUse.remove(node);
  }

  void use(ServerProcess node) {
    inUse.add(node);
  }

  private void write() {
    for (Entry entry = waiting.poll(); entry != null; entry = waiting.poll()) {
      byte[] content = entry.content();
      while (!write(entry, content)) {
        resent.incrementAndGet();
      }
      written.incrementAndGet();
    }
  }

  /** Whether there is an answer, of whatever kind. */
  private boolean write(Entry entry, byte[] content) {
    ServerProcess node = next();
    try {
      Reply reply =
          node.client()
              .put(
                  BUCKET,
                  entry.path(),
                  content,
                  "Content-Type",
                  entry.contentType(),
                  "X-Cartwheel-Request-Id",
                  "upload-" + entry.path().hashCode());
      if (!reply.isSuccess()) {
        refused.add(node.name() + " refused " + entry.path() + ": " + reply);
      }
      return true;
    } catch (IOException e) {
      if (inUse.contains(node)) {
        refused.add(node.name() + " broke off " + entry.path() + ": " + e);
        return true;
      }
      return false;
    }
  }

  private ServerProcess next() {
    Object[] nodes = inUse.toArray();
    return (ServerProcess) nodes[Math.floorMod(turn.getAndIncrement(), nodes.length)];
  }
}
