package io.cartwheel.server.node;

import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.item.ItemKey;
import io.cartwheel.core.membership.ClusterView;
import io.cartwheel.core.message.Message.RepairState;
import io.cartwheel.core.node.KeyValueService;
import io.cartwheel.core.node.Shard;
import io.cartwheel.core.node.ShardMap;
import io.cartwheel.core.node.ShardPorts;
import io.cartwheel.core.node.ShardSettings;
import io.cartwheel.core.port.Observer;
import io.cartwheel.core.port.Transport;
import io.cartwheel.core.ring.MemberId;
import io.cartwheel.transport.LoopTimers;
import io.cartwheel.transport.PeerNetwork;
import io.cartwheel.transport.SystemClock;
import io.cartwheel.transport.SystemEntropy;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;

/** The shards of a running node, one to an event loop. */
final class NodeShards implements Shards {
  private final List<EventLoop> loops;
  private final List<Shard> shards;
  private final ShardMap map;
  private final RepairDesk repairs;
  private final BarrierDesk barriers;
  private final Tasks tasks;
  private volatile ClusterView view;
  private volatile boolean ready;

  /** How the node's shards, all together, do what they are not asked for. */
  record Tasks(
      ShardSettings.Hints hints,
      ShardSettings.Repair repair,
      ShardSettings.Forgetting forgetting) {}

  NodeShards(
      List<EventLoop> loops,
      PeerNetwork network,
      Store store,
      Observer observer,
      ClusterView view,
      Tasks tasks,
      BarrierDesk.Files files) {
    this.loops = loops;
    this.tasks = tasks;
    barriers = new BarrierDesk(loops, files, view.ring().members().size());
    repairs = new RepairDesk(loops);
    this.view = view;
    map = new ShardMap(loops.size());
    shards = new ArrayList<>();
    for (int i = 0; i < loops.size(); i++) {
      EventLoop loop = loops.get(i);
      var ports =
          new ShardPorts(
              new SystemClock(),
              new LoopTimers(loop),
              new SystemEntropy(),
              network.transport(i),
              store.forShard(loop),
              observer,
              repairs,
              barriers.forShard(loop));
      var settings =
          new ShardSettings(
              i, map, tasks.hints().share(loops.size()), tasks.repair(), tasks.forgetting());
      shards.add(new Shard(ports, view, settings));
    }
  }

  /** Begins what shards do without being asked. */
  void start() {
    for (int i = 0; i < loops.size(); i++) {
      loops.get(i).execute(shards.get(i)::start);
    }
    repairs.follow(shards);
    barriers.start(shards, this::view, tasks.forgetting().barrier());
  }

  BarrierDesk barriers() {
    return barriers;
  }

  /** Takes up what the last stop left of the trees, before the start; of how many partitions. */
  int restoreTrees(Bytes mark, SortedMap<Integer, Bytes> saved) {
    int missing = 0;
    for (Shard shard : shards) {
      shard.restoreTrees(mark, saved);
      missing += shard.repairs().treesMissing();
    }
    return view.ring().partitions() - missing;
  }

  /** The trees for the next start; once no shard's thread runs any more. */
  SortedMap<Integer, Bytes> saveTrees(Bytes mark) {
    var saved = new TreeMap<Integer, Bytes>();
    shards.forEach(shard -> saved.putAll(shard.saveTrees(mark)));
    return saved;
  }

  /** Compares with nobody any more, so that a stop need not wait for answers. */
  void endRepairs() {
    for (int i = 0; i < loops.size(); i++) {
      loops.get(i).execute(shards.get(i)::endRepairs);
    }
  }

  RepairDesk repairs() {
    return repairs;
  }

  List<Transport.Listener> listeners() {
    return List.copyOf(shards);
  }

  int count() {
    return shards.size();
  }

  Shard shard(int number) {
    return shards.get(number);
  }

  @Override
  public ClusterView view() {
    return view;
  }

  /** All shards go by the newer snapshot from their next turn on. */
  void publish(ClusterView newer) {
    view = newer;
    for (int i = 0; i < loops.size(); i++) {
      Shard shard = shards.get(i);
      loops.get(i).execute(() -> shard.view(newer));
    }
  }

  void becomeReady() {
    ready = true;
  }

  @Override
  public boolean isReady() {
    return ready;
  }

  @Override
  public void onShardOf(ItemKey key, Consumer<KeyValueService> task) {
    int number = map.shardOf(view.partitionOf(key));
    EventLoop loop = loops.get(number);
    if (loop.inEventLoop()) {
      task.accept(shards.get(number));
    } else {
      loop.execute(() -> task.accept(shards.get(number)));
    }
  }

  @Override
  public void drainHints() {
    for (int i = 0; i < loops.size(); i++) {
      loops.get(i).execute(shards.get(i)::drainHints);
    }
  }

  @Override
  public CompletableFuture<SortedMap<MemberId, Optional<RepairState>>> surveyRepairs(
      boolean start) {
    var answers = new CompletableFuture<SortedMap<MemberId, Optional<RepairState>>>();
    loops.getFirst().execute(() -> shards.getFirst().surveyRepairs(start, answers::complete));
    return answers;
  }

  /** Adds up a figure of all shards, asking each on its thread; not to be called on one. */
  int sum(ToIntFunction<Shard> figure) {
    var asked = new ArrayList<Future<Integer>>();
    for (int i = 0; i < loops.size(); i++) {
      Shard shard = shards.get(i);
      asked.add(loops.get(i).submit(() -> figure.applyAsInt(shard)));
    }
    int sum = 0;
    for (Future<Integer> answer : asked) {
      try {
        sum += answer.get();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return sum;
      } catch (ExecutionException e) {
        throw new IllegalStateException(e);
      }
    }
    return sum;
  }
}
