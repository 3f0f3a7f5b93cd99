package io.cartwheel.server.http;

import io.cartwheel.core.item.ItemKey;
import io.cartwheel.core.membership.ClusterView;
import io.cartwheel.core.membership.FailureDetector.Health;
import io.cartwheel.core.membership.FailureDetector.Opinion;
import io.cartwheel.core.message.Message;
import io.cartwheel.core.message.Message.RepairState;
import io.cartwheel.core.node.KeyValueService;
import io.cartwheel.core.node.Shard;
import io.cartwheel.core.node.ShardMap;
import io.cartwheel.core.node.ShardPorts;
import io.cartwheel.core.node.ShardSettings;
import io.cartwheel.core.port.Clock;
import io.cartwheel.core.port.Observer;
import io.cartwheel.core.port.Transport;
import io.cartwheel.core.ring.EqualPartitions;
import io.cartwheel.core.ring.MemberId;
import io.cartwheel.server.config.ConfigException;
import io.cartwheel.server.config.ConfigLoader;
import io.cartwheel.server.config.Configuration;
import io.cartwheel.server.http.admin.NodeFacts;
import io.cartwheel.server.node.DeletesKept;
import io.cartwheel.server.node.HintsKept;
import io.cartwheel.server.node.Shards;
import io.cartwheel.storage.memory.MemoryEngine;
import io.cartwheel.transport.LoopTimers;
import io.cartwheel.transport.ShardLoops;
import io.cartwheel.transport.SystemClock;
import io.cartwheel.transport.SystemEntropy;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** The real core on two shards over memory, a cluster of one: all that HTTP needs behind it. */
public final class LocalNode implements Shards, NodeFacts, AutoCloseable {
  private static final int SHARDS = 2;
  private static final int PARTITIONS = 8;

  private final Configuration configuration;
  private final ShardLoops loops = ShardLoops.start(SHARDS, "local");
  private final List<Shard> shards = new ArrayList<>();
  private final ClusterView view;
  private final Queue<Runnable> stalled = new ConcurrentLinkedQueue<>();
  private final List<Member> others = new CopyOnWriteArrayList<>();
  private final AtomicInteger drains = new AtomicInteger();
  private volatile HintsKept hints = HintsKept.NONE;
  private volatile DeletesKept deletes = DeletesKept.NONE;
  private volatile boolean selfSlow;
  private volatile boolean ready = true;
  private volatile long aheadMillis;
  private volatile boolean stalls;
  private volatile Optional<String> storeTrouble = Optional.empty();

  /**
   * A node that is ready.
   *
   * @param settings values by the names of their keys
   */
  public LocalNode(Map<String, String> settings) throws ConfigException {
    var flags = new TreeMap<>(Map.of("http", "127.0.0.1:0"));
    flags.putAll(settings);
    configuration = ConfigLoader.load(Optional.empty(), Map.of(), flags);
    var self = new MemberId(1);
    var ring = EqualPartitions.ofGenesis(PARTITIONS, List.of(self), 3);
    view = new ClusterView(0xC1, self, ring, configuration.bucketTypes(), false);
    for (EventLoop loop : loops.loops()) {
      var ports =
          new ShardPorts(
              new MovedClock(),
              new LoopTimers(loop),
              new SystemEntropy(),
              new NobodyElse(),
              new MemoryEngine(),
              new Deaf(),
              new NoRepairs(),
              new NoBarriers());
      shards.add(new Shard(ports, view, ShardSettings.alone()));
    }
  }

  @Override
  public CompletableFuture<SortedMap<MemberId, Optional<RepairState>>> surveyRepairs(
      boolean start) {
    return new NoRepairs().surveyed(view.self());
  }

  /** From here on the protocol's wall clock is ahead by so much. */
  public void ahead(Duration time) {
    aheadMillis = time.toMillis();
  }

  /** From here on requests wait until somebody runs {@link #stalled}. */
  public void stall() {
    stalls = true;
  }

  /** What waits; running it does it. */
  public Queue<Runnable> stalled() {
    return stalled;
  }

  public ShardLoops loops() {
    return loops;
  }

  public void ready(boolean isReady) {
    ready = isReady;
  }

  /** The store refuses writes from here on, as far as anybody is told. */
  public void storeTrouble(String why) {
    storeTrouble = Optional.of(why);
  }

  @Override
  public ClusterView view() {
    return view;
  }

  @Override
  public void onShardOf(ItemKey key, Consumer<KeyValueService> task) {
    int shard = new ShardMap(SHARDS).shardOf(view.partitionOf(key));
    EventLoop loop = loops.loop(shard);
    if (stalls) {
      stalled.add(() -> loop.execute(() -> task.accept(shards.get(shard))));
    } else if (loop.inEventLoop()) {
      task.accept(shards.get(shard));
    } else {
      loop.execute(() -> task.accept(shards.get(shard)));
    }
  }

  @Override
  public boolean isReady() {
    return ready;
  }

  @Override
  public Configuration configuration() {
    return configuration;
  }

  @Override
  public Optional<String> storeTrouble() {
    return storeTrouble;
  }

  @Override
  public List<Member> members() {
    var told = new ArrayList<Member>();
    told.add(
        new Member(view.self(), "n1", "127.0.0.1:8099", Optional.empty(), true, opinion(selfSlow)));
    told.addAll(others);
    return told;
  }

  private static Opinion opinion(boolean slow) {
    return new Opinion(Health.HEALTHY, 0, slow);
  }

  /** Another member, as far as anybody is told. */
  public void other(String name, boolean connected, Opinion opinion) {
    var id = new MemberId(2 + others.size());
    others.add(new Member(id, name, "127.0.0.1:8199", Optional.empty(), connected, opinion));
  }

  /** The node finds itself slow from here on. */
  public void selfSlow() {
    selfSlow = true;
  }

  /** What is kept for others from here on, as far as anybody is told. */
  public void hints(HintsKept kept) {
    hints = kept;
  }

  /** How often it was asked to hand over all hints. */
  public int drains() {
    return drains.get();
  }

  @Override
  public HintsKept hints() {
    return hints;
  }

  /** From here on so much waits to be forgotten. */
  public void deletes(DeletesKept kept) {
    deletes = kept;
  }

  @Override
  public DeletesKept deletes() {
    return deletes;
  }

  @Override
  public void drainHints() {
    drains.incrementAndGet();
  }

  @Override
  public void close() {
    loops.close();
  }

  private final class MovedClock implements Clock {
    private final Clock right = new SystemClock();

    @Override
    public long nanos() {
      return right.nanos();
    }

    @Override
    public long wallMillis() {
      return right.wallMillis() + aheadMillis;
    }
  }

  private static final class NobodyElse implements Transport {
    @Override
    public void send(MemberId to, Message.Request request) {
      throw new IllegalStateException("there is nobody else");
    }

    @Override
    public boolean isConnected(MemberId member) {
      return false;
    }

    @Override
    public void dial(MemberId member) {
      throw new IllegalStateException("there is nobody else");
    }
  }

  private static final class Deaf implements Observer {
    @Override
    public void count(Event event) {}

    @Override
    public void siblings(int count) {}
  }
}
