package io.cartwheel.cli.demo;

import io.cartwheel.cli.console.CommandFailed;
import io.cartwheel.cli.demo.cluster.DemoCluster;
import io.cartwheel.cli.demo.cluster.DemoNode;
import io.cartwheel.cli.demo.view.View;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/** Kills one node after the other, and starts each again. Ends when the demo does. */
final class Chaos implements Runnable {
  private static final Duration CALM = Duration.ofMillis(1500);
  private static final Duration TROUBLE = Duration.ofSeconds(1);

  private final DemoCluster cluster;
  private final View view;
  private final CountDownLatch end;
  private final AtomicInteger kills;
  private final RandomGenerator random = new SplittableRandom();

  Chaos(DemoCluster cluster, View view, CountDownLatch end, AtomicInteger kills) {
    this.cluster = cluster;
    this.view = view;
    this.end = end;
    this.kills = kills;
  }

  @Override
  public void run() {
    try {
      while (!hasEnded(CALM)) {
        trouble();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void trouble() throws InterruptedException {
    List<DemoNode> nodes = cluster.nodes();
    DemoNode node = nodes.get(random.nextInt(nodes.size()));
    if (!cluster.killIfAllAreUp(node)) {
      return;
    }
    kills.incrementAndGet();
    view.say(node.name() + " is killed");
    if (hasEnded(TROUBLE)) {
      return;
    }
    try {
      if (cluster.restart(node)) {
        view.say(node.name() + " is back");
      }
    } catch (CommandFailed e) {
      view.say(e.reason());
    }
  }

  /** Waits for about so long, or until the end; whether that came. */
  private boolean hasEnded(Duration usual) throws InterruptedException {
    long millis = usual.toMillis() / 2 + random.nextLong(usual.toMillis());
    return end.await(millis, TimeUnit.MILLISECONDS);
  }
}
