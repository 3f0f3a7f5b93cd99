package io.cartwheel.simulator;

import static io.cartwheel.simulator.VirtualTime.MILLIS;

import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.item.ItemKey;
import io.cartwheel.core.membership.ClusterView;
import io.cartwheel.core.node.Shard;
import io.cartwheel.core.node.ShardMap;
import io.cartwheel.core.node.ShardPorts;
import io.cartwheel.core.ring.MemberId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** A node through its lives: its disk and its clocks stay, its shards are new at every start. */
final class SimNode {
  private static final long SYNC_INTERVAL = 50 * MILLIS;

  private final int number;
  private final World world;
  private final ClusterView view;
  private final ShardMap shardMap;
  private final SimDisk disk;
  private final SimClock clock;
  private final Set<Runnable> callers = new LinkedHashSet<>();
  private List<Shard> shards = List.of();
  private List<SimEngine> engines = List.of();
  private SimConnections connections;
  private Life life;
  private boolean lostPower;

  SimNode(int number, World world, ClusterView view, int shardCount) {
    this.number = number;
    this.world = world;
    this.view = view;
    shardMap = new ShardMap(shardCount);
    disk = new SimDisk(number, world.ledger());
    clock = new SimClock(world.time());
    life = new Life(world.time());
    life.end();
    connections = new SimConnections(world, this, life);
  }

  int number() {
    return number;
  }

  MemberId id() {
    return view.self();
  }

  boolean isUp() {
    return !life.isOver();
  }

  SimDisk disk() {
    return disk;
  }

  SimClock clock() {
    return clock;
  }

  List<Shard> shards() {
    return shards;
  }

  SimConnections connections() {
    return connections;
  }

  Life life() {
    return life;
  }

  Shard shardOf(ItemKey key) {
    return shards.get(shardMap.shardOf(view.partitionOf(key)));
  }

  void start() {
    life = new Life(world.time());
    connections = new SimConnections(world, this, life);
    var fresh = new ArrayList<Shard>();
    var freshEngines = new ArrayList<SimEngine>();
    ClusterView seen =
        new ClusterView(view.clusterId(), view.self(), view.ring(), view.types(), lostPower);
    for (int i = 0; i < shardMap.shards(); i++) {
      var engine = new SimEngine(disk, life, world.split(), world.faults());
      var entropy = world.split();
      var transport = connections.transportOf(i);
      var ports = new ShardPorts(clock, life, entropy::nextLong, transport, engine, world.probes());
      freshEngines.add(engine);
      fresh.add(new Shard(ports, seen));
    }
    shards = List.copyOf(fresh);
    engines = List.copyOf(freshEngines);
    syncForEver(life);
  }

  private void syncForEver(Life during) {
    during.after(
        SYNC_INTERVAL,
        () -> {
          disk.sync();
          syncForEver(during);
        });
  }

  /** The process dies; the operating system keeps what it was given. */
  void kill() {
    stop(false);
  }

  /** The machine dies; what was not synced is lost, and the node knows that when it returns. */
  void losePower() {
    stop(true);
    disk.losePower(world.split());
    lostPower = true;
  }

  private void stop(boolean silently) {
    engines.forEach(SimEngine::die);
    life.end();
    for (SimNode other : world.nodes()) {
      if (other.isUp()) {
        other.connections().peerDied(this, silently);
      }
    }
    List.copyOf(callers).forEach(Runnable::run);
    callers.clear();
  }

  /** Registers a client's call, which is cut off if the process dies; returns how to end it. */
  Runnable calling(Runnable cutOff) {
    callers.add(cutOff);
    return () -> callers.remove(cutOff);
  }

  void forEachShard(Consumer<Shard> task) {
    shards.forEach(task);
  }

  /** The encoded record of a key, as its disk has it. */
  Bytes recordOf(ItemKey key) {
    return disk.recordOf(view.partitionOf(key), key).orElse(Bytes.EMPTY);
  }
}
