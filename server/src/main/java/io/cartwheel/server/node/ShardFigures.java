package io.cartwheel.server.node;

import io.cartwheel.core.node.Shard;
import io.cartwheel.core.port.Transport;
import io.cartwheel.core.ring.MemberId;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.EventLoop;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * What shards have under way and which members they reach, noted by each on its own thread several
 * times a second, so that whoever asks never waits for one.
 */
final class ShardFigures {
  private static final long INTERVAL_MILLIS = 200;

  private final AtomicIntegerArray questions;
  private final AtomicIntegerArray keys;
  private volatile Set<MemberId> connected = Set.of();

  ShardFigures(int shards) {
    questions = new AtomicIntegerArray(shards);
    keys = new AtomicIntegerArray(shards);
  }

  /** Begins to note a shard's figures. */
  void follow(int number, EventLoop loop, Shard shard) {
    loop.scheduleAtFixedRate(
        () -> {
          questions.set(number, shard.questionsOpen());
          keys.set(number, shard.keysBusy());
        },
        INTERVAL_MILLIS,
        INTERVAL_MILLIS,
        TimeUnit.MILLISECONDS);
  }

  /** Begins to note which members one shard reaches; the transport's thread is the loop. */
  void follow(EventLoop loop, Transport transport, Collection<MemberId> members) {
    loop.scheduleAtFixedRate(
        () -> {
          var reached = new TreeSet<MemberId>();
          members.stream().filter(transport::isConnected).forEach(reached::add);
          connected = reached;
        },
        INTERVAL_MILLIS,
        INTERVAL_MILLIS,
        TimeUnit.MILLISECONDS);
  }

  void publish(MeterRegistry registry) {
    registry.gauge("cartwheel.questions.open", this, figures -> sum(figures.questions));
    registry.gauge("cartwheel.keys.busy", this, figures -> sum(figures.keys));
    registry.gauge("cartwheel.members.connected", this, figures -> figures.connected.size());
  }

  boolean isConnected(MemberId member) {
    return connected.contains(member);
  }

  private static int sum(AtomicIntegerArray figures) {
    int sum = 0;
    for (int i = 0; i < figures.length(); i++) {
      sum += figures.get(i);
    }
    return sum;
  }
}
