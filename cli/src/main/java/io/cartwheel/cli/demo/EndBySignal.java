package io.cartwheel.cli.demo;

import io.cartwheel.cli.console.ExitCode;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a signal end the demo as {@code quit} does: the process waits, for a while, until the carts
 * are checked, the result told and the files gone, and then has the demo's own status.
 */
final class EndBySignal implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final CountDownLatch end;
  private final CountDownLatch done = new CountDownLatch(1);
  private volatile int status = ExitCode.FAILED.status();

  /** From now on a signal counts {@code end} down. */
  EndBySignal(CountDownLatch end) {
    this.end = end;
    Runtime.getRuntime().addShutdownHook(new Thread(this::hear, "end"));
  }

  /** The result is told, and this is its status. */
  void told(int result) {
    status = result;
  }

  private void hear() {
    if (done.getCount() == 0) {
      return;
    }
    end.countDown();
    try {
      boolean ended = done.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      Runtime.getRuntime().halt(ended ? status : ExitCode.TIMEOUT.status());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    done.countDown();
  }
}
