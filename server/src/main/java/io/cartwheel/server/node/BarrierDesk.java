package io.cartwheel.server.node;

import io.cartwheel.core.forgetting.Barriers;
import io.cartwheel.core.forgetting.Forgetting;
import io.cartwheel.core.membership.BarrierRecord;
import io.cartwheel.core.membership.BarrierView;
import io.cartwheel.core.membership.ClusterView;
import io.cartwheel.core.membership.Foreign;
import io.cartwheel.core.membership.Standing;
import io.cartwheel.core.node.Shard;
import io.cartwheel.core.port.BarrierHost;
import io.cartwheel.core.port.NodeBarriers;
import io.cartwheel.core.ring.MemberId;
import io.cartwheel.transport.SystemEntropy;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Brings a node's shards, each on its own thread, together with their barriers, on the thread of
 * shard 0; and notes several times a second how they get on. Safe from any thread.
 */
final class BarrierDesk implements BarrierHost {
  private static final long INTERVAL_MILLIS = 200;

  private final List<EventLoop> loops;
  private final Files files;
  private final AtomicReferenceArray<Forgetting.State> noted;
  private volatile List<Shard> shards = List.of();
  private volatile BarrierView view;
  private volatile boolean open;
  private final CompletableFuture<Void> opened = new CompletableFuture<>();
  private volatile Optional<Barriers> barriers = Optional.empty();

  /** What keeps what is to survive the process; may be called on any thread, and may block. */
  interface Files {
    BarrierRecord barriers();

    /** Keeps it durably; false if that failed. Calls are carried out in their order. */
    void keep(BarrierRecord record, Consumer<Boolean> done);

    /** Notes that this node has lost data, and has it tell so. */
    void dataWasLost();
  }

  BarrierDesk(List<EventLoop> loops, Files files, int members) {
    this.loops = loops;
    this.files = files;
    noted = new AtomicReferenceArray<>(loops.size());
    for (int i = 0; i < loops.size(); i++) {
      noted.set(i, new Forgetting.State(0, Collections.emptySortedSet()));
    }
    long reached = files.barriers().reached();
    var standing = new Standing(0, reached, reached, Foreign.unknownUntil(reached + 1));
    view = new BarrierView(standing, Collections.emptySortedMap(), members);
  }

  /** The barriers as one shard sees them. */
  NodeBarriers forShard(EventLoop loop) {
    return new Seen(loop);
  }

  /** Begins: the shards are started, one to a loop. */
  void start(List<Shard> started, Supplier<ClusterView> cluster, Duration every) {
    shards = List.copyOf(started);
    loops.getFirst().execute(() -> begin(cluster, every));
    for (int i = 0; i < loops.size(); i++) {
      int number = i;
      loops
          .get(i)
          .scheduleAtFixedRate(
              () -> noted.set(number, shards.get(number).forgetting()),
              INTERVAL_MILLIS,
              INTERVAL_MILLIS,
              TimeUnit.MILLISECONDS);
    }
  }

  private void begin(Supplier<ClusterView> cluster, Duration every) {
    var begun =
        new Barriers(
            shards.getFirst().around(),
            cluster,
            this,
            files.barriers(),
            new SystemEntropy().nextLong(),
            every.toNanos());
    barriers = Optional.of(begun);
    begun.start();
  }

  /** Completes once the shards may read and write. */
  CompletableFuture<Void> opened() {
    return opened;
  }

  BarrierView view() {
    return view;
  }

  /** How many keys wait to be forgotten of which this node is the first owner. */
  long waiting() {
    return all().stream().mapToLong(Forgetting.State::waiting).sum();
  }

  /** The members because of whom nothing is forgotten just now. */
  SortedSet<MemberId> heldUpBy() {
    var members = new TreeSet<MemberId>();
    all().forEach(state -> members.addAll(state.heldUpBy()));
    return members;
  }

  private List<Forgetting.State> all() {
    var all = new ArrayList<Forgetting.State>(noted.length());
    for (int i = 0; i < noted.length(); i++) {
      all.add(noted.get(i));
    }
    return all;
  }

  private void onShard0(Runnable task) {
    loops.getFirst().execute(task);
  }

  /** Has all shards do something at once, each on its thread; then goes on, on shard 0's. */
  private <T> void eachShard(BiConsumer<Shard, Consumer<T>> task, Consumer<List<T>> done) {
    var answers = new ArrayList<T>();
    for (int i = 0; i < loops.size(); i++) {
      Shard shard = shards.get(i);
      loops
          .get(i)
          .execute(() ->
              task.accept(
                  shard,
                  answer ->
                      onShard0(() -> {
                        answers.add(answer);
                        if (answers.size() == loops.size()) {
                          done.accept(answers);
                        }
                      })));
    }
  }

  @Override
  public void enter(long barrier, Runnable done) {
    this.<Boolean>eachShard(
        (shard, entered) -> {
          shard.enter(barrier);
          entered.accept(true);
        },
        _ -> done.run());
  }

  @Override
  public void sync(Consumer<Boolean> done) {
    this.<Boolean>eachShard(Shard::sync, safe -> done.accept(!safe.contains(false)));
  }

  @Override
  public void save(BarrierRecord record, Consumer<Boolean> done) {
    files.keep(record, kept -> onShard0(() -> done.accept(kept)));
  }

  @Override
  public void reach(long barrier, Consumer<Foreign.Held> done) {
    this.<Foreign.Held>eachShard(
        (shard, reached) -> reached.accept(shard.reach(barrier)),
        held -> done.accept(held.stream().reduce(Foreign.Held.NOTHING, Foreign.Held::and)));
  }

  @Override
  public void voidProofs(long barrier, Runnable done) {
    this.<Boolean>eachShard(
        (shard, voided) -> {
          shard.voidProofs(barrier);
          voided.accept(true);
        },
        _ -> done.run());
  }

  @Override
  public void setAside(SortedSet<Integer> partitions, Consumer<Boolean> done) {
    this.<Boolean>eachShard(
        (shard, gone) -> shard.setAside(partitions, gone),
        gone -> done.accept(!gone.contains(false)));
  }

  @Override
  public void recover() {
    files.dataWasLost();
  }

  @Override
  public void open(boolean nowOpen) {
    open = nowOpen;
    for (int i = 0; i < loops.size(); i++) {
      Shard shard = shards.get(i);
      loops.get(i).execute(() -> shard.open(nowOpen));
    }
    if (nowOpen) {
      opened.complete(null);
    }
  }

  @Override
  public void publish(BarrierView newer) {
    view = newer;
  }

  /** As one shard sees it: what calls back does so on that shard's thread. */
  private final class Seen implements NodeBarriers {
    private final EventLoop loop;

    Seen(EventLoop loop) {
      this.loop = loop;
    }

    private void ask(Consumer<Barriers> task) {
      onShard0(() -> barriers.ifPresent(task));
    }

    private <T> Consumer<T> here(Consumer<T> done) {
      return answer -> loop.execute(() -> done.accept(answer));
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
      ask(each -> each.want(barrier));
    }

    @Override
    public void heard(MemberId from, long current, long remembered) {
      ask(each -> each.heard(from, current, remembered));
    }

    @Override
    public void forgetting(int partition, long barrier, Consumer<Boolean> done) {
      ask(each -> each.forgetting(partition, barrier, here(done)));
    }

    @Override
    public void forgotSince(MemberId from, long copyReached, Consumer<SortedSet<Integer>> done) {
      ask(each -> each.forgotSince(from, copyReached, here(done)));
    }
  }
}
