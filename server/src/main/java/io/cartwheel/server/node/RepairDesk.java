package io.cartwheel.server.node;

import io.cartwheel.core.antientropy.AntiEntropy;
import io.cartwheel.core.antientropy.ExchangeFigures;
import io.cartwheel.core.message.Message.RepairState;
import io.cartwheel.core.node.Shard;
import io.cartwheel.core.port.NodeRepairs;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.ToLongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a node's shards together know of their repairs, noted by each on its own thread several
 * times a second. Safe from any thread.
 */
final class RepairDesk implements NodeRepairs {
  private static final Logger LOG = LoggerFactory.getLogger("cartwheel.repair");
  private static final long INTERVAL_MILLIS = 200;
  private static final AntiEntropy.State UNKNOWN =
      new AntiEntropy.State(false, false, 0, 0, 0, 0, new ExchangeFigures.Sum(0, 0, 0, 0, 0, 0));

  private final List<EventLoop> loops;
  private final AtomicReferenceArray<AntiEntropy.State> noted;

  /** Orders that some shard has not heard of yet: what it noted is older. */
  private final AtomicInteger ordersOpen = new AtomicInteger();

  private volatile List<Shard> shards = List.of();

  RepairDesk(List<EventLoop> loops) {
    this.loops = loops;
    noted = new AtomicReferenceArray<>(loops.size());
    for (int i = 0; i < loops.size(); i++) {
      noted.set(i, UNKNOWN);
    }
  }

  /** Begins to note how these shards are, one to a loop. */
  void follow(List<Shard> started) {
    shards = List.copyOf(started);
    for (int i = 0; i < loops.size(); i++) {
      int number = i;
      loops
          .get(i)
          .scheduleAtFixedRate(
              () -> note(number), INTERVAL_MILLIS, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private void note(int number) {
    AntiEntropy.State before = noted.get(number);
    AntiEntropy.State now = shards.get(number).repairs();
    noted.set(number, now);
    if (now.unlike() > before.unlike()) {
      LOG.warn(
          "{} members have other bucket types than this one: what differs so is not compared, and"
              + " not repaired, until all nodes have the same (bucket_types in their configurations)",
          now.unlike());
    }
  }

  @Override
  public RepairState state() {
    return new RepairState(
        ordersOpen.get() == 0 && all().stream().allMatch(AntiEntropy.State::inSync),
        sum(AntiEntropy.State::differing),
        sum(state -> state.figures().keysRepaired()));
  }

  @Override
  public void start() {
    for (int i = 0; i < shards.size(); i++) {
      int number = i;
      ordersOpen.incrementAndGet();
      loops
          .get(i)
          .execute(() -> {
            shards.get(number).repair();
            note(number);
            ordersOpen.decrementAndGet();
          });
    }
  }

  /** Whether all that the node had lost when it started is back, as far as anybody has it. */
  boolean isRefilled() {
    return all().stream().allMatch(AntiEntropy.State::refilled);
  }

  long sum(ToLongFunction<AntiEntropy.State> figure) {
    return all().stream().mapToLong(figure).sum();
  }

  private List<AntiEntropy.State> all() {
    var all = new ArrayList<AntiEntropy.State>(noted.length());
    for (int i = 0; i < noted.length(); i++) {
      all.add(noted.get(i));
    }
    return all;
  }
}
