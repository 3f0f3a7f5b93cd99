package io.cartwheel.server.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cartwheel.transport.ShardLoops;
import io.netty.channel.EventLoop;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PauseTest {
  private final ShardLoops loops = ShardLoops.onNio(2, "paused");

  @Test
  void beginsOnlyWhenATurnThatIsUnderWayHasEnded() throws Exception {
    try (loops) {
      var turnMayEnd = new CountDownLatch(1);
      loops.loops().get(1).execute(() -> waitFor(turnMayEnd));
      var pause = new Pause(loops.loops());
      Thread begins = Thread.ofPlatform().start(pause::begin);
      try {
        await().until(() -> hasStopped(begins));
        assertThat(begins.getState()).isEqualTo(Thread.State.WAITING);

        turnMayEnd.countDown();
        begins.join();
        var turns = new AtomicInteger();
        for (EventLoop loop : loops.loops()) {
          loop.execute(turns::incrementAndGet);
        }
        assertThat(turns).hasValue(0);

        pause.end();
        await().until(() -> turns.get() == 2);
      } finally {
        turnMayEnd.countDown();
        pause.end();
      }
    }
  }

  private static boolean hasStopped(Thread thread) {
    return thread.getState() == Thread.State.WAITING
        || thread.getState() == Thread.State.TERMINATED;
  }

  private static void waitFor(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
