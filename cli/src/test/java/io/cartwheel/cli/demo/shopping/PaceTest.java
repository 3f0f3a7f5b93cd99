package io.cartwheel.cli.demo.shopping;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class PaceTest {
  @Test
  void whoWaitsForATurnLeavesWhenAllIsOver() throws InterruptedException {
    var pace = new Pace(1);
    var over = new AtomicBoolean();
    for (int i = 0; i < 1000; i++) {
      assertThat(pace.await(() -> true)).isFalse();
    }
    Thread waiting = Thread.ofPlatform().daemon().start(() -> pace.await(over::get));

    over.set(true);
    LockSupport.unpark(waiting);

    assertThat(waiting.join(Duration.ofSeconds(30))).isTrue();
  }
}
