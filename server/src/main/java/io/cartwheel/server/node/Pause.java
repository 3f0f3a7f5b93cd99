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

  /** Begins once each thread has ended its turn; without effect while it lasts. */
  synchronized void begin() {
    if (over == null) {
      var end = new CountDownLatch(1);
      over = end;
      loops.forEach(loop -> loop.execute(() -> await(end)));
    }
  }

  /** Lets the threads go on where they were. */
  synchronized void end() {
    if (over != null) {
      over.countDown();
      over = null;
    }
  }

  private static void await(CountDownLatch end) {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
