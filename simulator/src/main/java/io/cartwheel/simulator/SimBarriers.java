package io.cartwheel.simulator;

import static io.cartwheel.simulator.VirtualTime.MICROS;

import io.cartwheel.core.forgetting.Barriers;
import io.cartwheel.core.membership.BarrierRecord;
import io.cartwheel.core.membership.BarrierView;
import io.cartwheel.core.membership.Foreign;
import io.cartwheel.core.membership.Standing;
import io.cartwheel.core.node.Shard;
import io.cartwheel.core.port.BarrierHost;
import io.cartwheel.core.port.NodeBarriers;
import io.cartwheel.core.ring.MemberId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Optional;
import java.util.Queue;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** A node's barriers during one life of its process; its shards hear of them one after another. */
final class SimBarriers implements NodeBarriers, BarrierHost {
  private static final long MOST_LATENCY = 2_000 * MICROS;

  private final SimNode node;
  private final Life life;
  private final FaultMix faults;
  private final SplittableRandom random;
  private Optional<Barriers> barriers = Optional.empty();
  private BarrierView view;
  private boolean open;

  SimBarriers(SimNode node, Life life, FaultMix faults, SplittableRandom random, int members) {
    this.node = node;
    this.life = life;
    this.faults = faults;
    this.random = random;
    long reached = node.disk().barriers().reached();
    var standing = new Standing(0, reached, reached, Foreign.unknownUntil(reached + 1));
    view = new BarrierView(standing, Collections.emptySortedMap(), members);
  }

  void start(Duration every) {
    Shard first = node.shards().getFirst();
    BarrierRecord kept = node.disk().barriers();
    var started =
        new Barriers(first.around(), first::view, this, kept, random.nextLong(), every.toNanos());
    barriers = Optional.of(started);
    started.start();
  }

  private void later(Runnable task) {
    life.after(random.nextLong(MOST_LATENCY), task);
  }

  private void onBarriers(Consumer<Barriers> task) {
    later(() -> barriers.ifPresent(task));
  }

  /** Has each shard do something, one after another. */
  private void eachShard(BiConsumer<Shard, Runnable> task, Runnable done) {
    next(new ArrayDeque<>(node.shards()), task, done);
  }

  private void next(Queue<Shard> left, BiConsumer<Shard, Runnable> task, Runnable done) {
    Shard shard = left.poll();
    if (shard == null) {
      done.run();
    } else {
      later(() -> task.accept(shard, () -> next(left, task, done)));
    }
  }

  @Override
  public BarrierView view() {
    return view;
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public void want(long barrier) {
    onBarriers(each -> each.want(barrier));
  }

  @Override
  public void heard(MemberId from, long current, long remembered) {
    onBarriers(each -> each.heard(from, current, remembered));
  }

  @Override
  public void forgetting(int partition, long barrier, Consumer<Boolean> done) {
    onBarriers(each -> each.forgetting(partition, barrier, done));
  }

  @Override
  public void forgotSince(MemberId from, long copyReached, Consumer<SortedSet<Integer>> done) {
    onBarriers(each -> each.forgotSince(from, copyReached, done));
  }

  @Override
  public void enter(long barrier, Runnable done) {
    eachShard(
        (shard, entered) -> {
          shard.enter(barrier);
          entered.run();
        },
        done);
  }

  @Override
  public void sync(Consumer<Boolean> done) {
    var well = new boolean[] {true};
    eachShard(
        (shard, synced) ->
            shard.sync(safe -> {
              well[0] &= safe;
              synced.run();
            }),
        () -> done.accept(well[0]));
  }

  @Override
  public void save(BarrierRecord record, Consumer<Boolean> done) {
    boolean fails = faults.strikes(Fault.DISK_ERROR, 0.02, random);
    boolean takesEffect = !fails || random.nextBoolean();
    later(() -> {
      boolean kept = takesEffect && node.disk().keepBarriers(record);
      done.accept(kept && !fails);
    });
  }

  @Override
  public void reach(long barrier, Consumer<Foreign.Held> done) {
    var held = new Foreign.Held[] {Foreign.Held.NOTHING};
    eachShard(
        (shard, reached) -> {
          held[0] = held[0].and(shard.reach(barrier));
          reached.run();
        },
        () -> done.accept(held[0]));
  }

  @Override
  public void voidProofs(long barrier, Runnable done) {
    eachShard(
        (shard, voided) -> {
          shard.voidProofs(barrier);
          voided.run();
        },
        done);
  }

  @Override
  public void setAside(SortedSet<Integer> partitions, Consumer<Boolean> done) {
    var well = new boolean[] {true};
    eachShard(
        (shard, gone) ->
            shard.setAside(
                partitions,
                went -> {
                  well[0] &= went;
                  gone.run();
                }),
        () -> done.accept(well[0]));
  }

  @Override
  public void recover() {
    node.recover();
  }

  @Override
  public void open(boolean nowOpen) {
    open = nowOpen;
    node.forEachShard(shard -> shard.open(nowOpen));
  }

  @Override
  public void publish(BarrierView newer) {
    view = newer;
  }
}
