package io.cartwheel.cli.demo;

import io.cartwheel.cli.console.CommandFailed;
import io.cartwheel.cli.demo.cluster.DemoCluster;
import io.cartwheel.cli.demo.shopping.Shopping;
import io.cartwheel.cli.demo.shopping.Tally;
import io.cartwheel.cli.demo.view.Snapshot;
import io.cartwheel.cli.demo.view.View;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** One run of the demo over a cluster that is up. */
final class Demo {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long TICK_MILLIS = 1000;

  private final DemoCluster cluster;
  private final Shopping shopping;
  private final View view;
  private final CountDownLatch end;
  private final AtomicInteger kills = new AtomicInteger();
  private final long start = System.nanoTime();
  private long lastAcknowledged;
  private long lastTick = start;

  /**
   * How much is to go on.
   *
   * @param length how long; empty until somebody ends it
   */
  record Plan(boolean chaos, int shoppers, int rate, Optional<Duration> length) {}

  /**
   * What came of it.
   *
   * @param elapsed of the load
   */
  record Result(Tally.Figures figures, Shopping.Outcome outcome, int kills, Duration elapsed) {}

  Demo(DemoCluster cluster, View view, CountDownLatch end) {
    this.cluster = cluster;
    this.view = view;
    this.end = end;
    shopping = new Shopping(cluster.addresses());
  }

  Commands commands() {
    return new Commands(cluster, shopping, view, kills, end);
  }

  /** A key that is there from the first moment on. */
  String someCart() {
    return shopping.cartOf(shopping.customers().getFirst()).orElseThrow();
  }

  /** Runs the load to its end, brings everybody back, and audits all carts. */
  Result run(Plan plan) throws CommandFailed, InterruptedException {
    shopping.begin(plan.shoppers(), plan.rate());
    Thread chaos =
        Thread.ofPlatform().name("chaos").daemon().unstarted(new Chaos(cluster, view, end, kills));
    if (plan.chaos()) {
      chaos.start();
    }
    watch(plan.length().map(length -> start + length.toNanos()).orElse(Long.MAX_VALUE));
    end.countDown();
    chaos.join();
    Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
    cluster.recover().forEach(view::say);
    Shopping.Outcome outcome = shopping.end(PATIENCE);
    return new Result(shopping.figures(), outcome, kills.get(), elapsed);
  }

  private void watch(long deadline) throws InterruptedException {
    boolean ended = false;
    while (!ended && System.nanoTime() < deadline) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      ended = end.await(Math.clamp(left, 1, TICK_MILLIS), TimeUnit.MILLISECONDS);
      view.show(now());
      if (cluster.allUp()) {
        shopping.auditOldest();
      }
    }
  }

  /** How things stand. */
  Snapshot now() {
    Tally.Figures figures = shopping.figures();
    long tick = System.nanoTime();
    double seconds = Math.max(1, tick - lastTick) / 1e9;
    double perSecond = (figures.acknowledged() - lastAcknowledged) / seconds;
    lastAcknowledged = figures.acknowledged();
    lastTick = tick;
    Duration elapsed = Duration.ofNanos(tick - start);
    return new Snapshot(elapsed, cluster.nodes(), figures, perSecond, kills.get());
  }
}
