package io.cartwheel.server.node;

import io.netty.channel.EventLoop;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** Holds a node's threads still, as a stopped process's are: connections stand, nobody answers. */
final class Pause {
  private final List<EventLoop> loops;
  private @Nullable CountDownLatch over;

  Pause(List<EventLoop> loops) {
    this.loops = loops;
  }

  /**
   * Begins, and returns once each thread has ended its turn and stands still: a turn that has begun
   * may still answer. Without effect while a pause lasts. Not to be called on one of the threads.
   */
  synchronized void begin() {
    if (over == null) {
      var end = new CountDownLatch(1);
      var still = new CountDownLatch(loops.size());
      over = end;
      for (EventLoop loop : loops) {
        loop.execute(() -> {
          still.countDown();
          await(end);
        });
      }
      await(still);
    }
  }

  /** Lets the threads go on where they were. */
  synchronized void end() {
    if (over != null) {
      over.countDown();
      over = null;
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
