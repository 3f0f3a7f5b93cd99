package io.cartwheel.cli.demo;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a signal end the demo as {@code quit} does: the process waits, for a while, until the carts
 * are checked and the files gone.
 */
final class EndBySignal implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final CountDownLatch end;
  private final CountDownLatch done = new CountDownLatch(1);
  private final Thread hook = new Thread(this::signalled, "end");

  /** From now on a signal counts {@code end} down. */
  EndBySignal(CountDownLatch end) {
    this.end = end;
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private void signalled() {
    end.countDown();
    try {
      done.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    done.countDown();
  }
}
