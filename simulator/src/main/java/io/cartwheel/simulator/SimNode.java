package io.cartwheel.simulator;

import static io.cartwheel.simulator.VirtualTime.MILLIS;

import io.cartwheel.core.antientropy.AntiEntropy;
import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.item.ItemKey;
import io.cartwheel.core.item.MalformedException;
import io.cartwheel.core.membership.ClusterView;
import io.cartwheel.core.message.Message.RepairState;
import io.cartwheel.core.node.Shard;
import io.cartwheel.core.node.ShardMap;
import io.cartwheel.core.node.ShardPorts;
import io.cartwheel.core.node.ShardSettings;
import io.cartwheel.core.port.NodeRepairs;
import io.cartwheel.core.port.Observer;
import io.cartwheel.core.port.StorageEngine;
import io.cartwheel.core.replica.StoredRecord;
import io.cartwheel.core.ring.MemberId;
import io.cartwheel.core.version.VersionSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;

/** A node through its lives: its disk and its clocks stay, its shards are new at every start. */
final class SimNode {
  private static final long SYNC_INTERVAL = 50 * MILLIS;
  private static final long REFILLED_INTERVAL = 500 * MILLIS;

  private static final Bytes DISK_MARK = Bytes.utf8("records");

  /** Often, so that much of it meets faults in little time. */
  private static final ShardSettings.Repair REPAIR =
      new ShardSettings.Repair(Duration.ofSeconds(8), Duration.ofSeconds(5));

  /** The same: but where requests wait for seconds, barriers must leave them that time. */
  private static final ShardSettings.Forgetting FORGETTING =
      new ShardSettings.Forgetting(Duration.ofMillis(300), Duration.ofSeconds(2));

  private final int number;
  private final World world;
  private final ClusterView view;
  private final ShardMap shardMap;
  private final ShardSettings.Hints hints;
  private final SimDisk disk;
  private final SimClock clock;
  private final Set<Runnable> callers = new LinkedHashSet<>();
  private final NodeRepairs repairs = new Repairs();
  private List<Shard> shards = List.of();
  private List<SimEngine> engines = List.of();
  private SimConnections connections;
  private Life life;
  private boolean lostPower;

  /** What a clean stop left beside the records, until the next start. */
  private SortedMap<Integer, Bytes> savedTrees = new TreeMap<>();

  private Optional<PacedEngine.Pace> pace = Optional.empty();

  SimNode(int number, World world, ClusterView view, int shardCount) {
    this.number = number;
    this.world = world;
    this.view = view;
    shardMap = new ShardMap(shardCount);
    hints = new ShardSettings.Hints(quotaOf(world.split()), 1_000).share(shardCount);
    disk = new SimDisk(number, world.ledger());
    clock = new SimClock(world.time());
    life = new Life(world.time());
    life.end();
    connections = new SimConnections(world, this, life);
  }

  /** Mostly plenty; now and then so little that a node soon refuses to stand in. */
  private static long quotaOf(SplittableRandom random) {
    return random.nextInt(8) == 0 ? 1_000 : 1 << 30;
  }

  /** From its next start on, its disk does so much a second and no more. */
  void pace(int perSecond) {
    pace = Optional.of(new PacedEngine.Pace(perSecond));
  }

  int number() {
    return number;
  }

  MemberId id() {
    return view.self();
  }

  /** Whether it stood still, or its disk held anything back, at that time or later. */
  boolean wasHeldUpSince(long nanos) {
    return life.wasPausedSince(nanos)
        || engines.stream().anyMatch(engine -> engine.wasStalledSince(nanos));
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
    return shardOf(view.partitionOf(key));
  }

  Shard shardOf(int partition) {
    return shards.get(shardMap.shardOf(partition));
  }

  void start() {
    life = new Life(world.time());
    connections = new SimConnections(world, this, life);
    var barriers =
        new SimBarriers(this, life, world.faults(), world.split(), view.ring().members().size());
    var fresh = new ArrayList<Shard>();
    var freshEngines = new ArrayList<SimEngine>();
    ClusterView seen = seen();
    for (int i = 0; i < shardMap.shards(); i++) {
      var engine = new SimEngine(disk, life, world.split(), world.faults());
      var entropy = world.split();
      var transport = connections.transportOf(i);
      var ports =
          new ShardPorts(
              clock,
              life,
              entropy::nextLong,
              transport,
              paced(engine),
              world.probes(),
              repairs,
              barriers);
      freshEngines.add(engine);
      var settings = new ShardSettings(i, shardMap, hints, REPAIR, forgetting());
      fresh.add(new Shard(ports, seen, settings));
    }
    fresh.forEach(shard -> shard.restoreTrees(DISK_MARK, savedTrees));
    savedTrees = new TreeMap<>();
    shards = List.copyOf(fresh);
    engines = List.copyOf(freshEngines);
    fresh.forEach(Shard::start);
    connections.start();
    barriers.start(forgetting().barrier());
    syncForEver(life);
    if (lostPower) {
      awaitRefilled(life);
    }
  }

  /** It finds itself that it has lost data. */
  void recover() {
    if (!lostPower) {
      lostPower = true;
      shards.forEach(shard -> shard.view(seen()));
      awaitRefilled(life);
    }
  }

  /** As a server does: once all its shards are refilled, the node is whole. */
  private void awaitRefilled(Life during) {
    during.after(
        REFILLED_INTERVAL,
        () -> {
          if (shards.stream().allMatch(shard -> shard.repairs().refilled())) {
            lostPower = false;
            world.probes().count(Observer.Event.NODE_REFILLED);
            shards.forEach(shard -> shard.view(seen()));
          } else {
            awaitRefilled(during);
          }
        });
  }

  private ClusterView seen() {
    return new ClusterView(view.clusterId(), view.self(), view.ring(), view.types(), lostPower);
  }

  private ShardSettings.Forgetting forgetting() {
    return pace.isPresent() ? ShardSettings.Forgetting.DEFAULT : FORGETTING;
  }

  private StorageEngine paced(SimEngine engine) {
    return pace.<StorageEngine>map(shared -> new PacedEngine(engine, shared, clock, life))
        .orElse(engine);
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

  /** The process ends by itself: all is synced, and the trees of shards at rest are saved. */
  void stopCleanly() {
    for (Shard shard : shards) {
      shard.endRepairs();
      savedTrees.putAll(shard.saveTrees(DISK_MARK));
    }
    disk.sync();
    stop(false);
  }

  /** The machine dies; what was not synced is lost, and the node knows that when it returns. */
  void losePower() {
    stop(true);
    disk.losePower(world.split());
    lostPower = true;
  }

  /** Its disk is replaced by an older copy of it, and the node knows that when it returns. */
  void returnWith(SimDisk.Snapshot older) {
    disk.restore(older);
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

  /** Who owns a key. */
  List<MemberId> ownersOf(ItemKey key) {
    return view.ring().owners(view.partitionOf(key));
  }

  /** The record of a key as its disk has it; empty if there is none, or a damaged one. */
  Optional<StoredRecord> storedRecordOf(ItemKey key) {
    try {
      Bytes record = recordOf(key);
      return record.isEmpty() ? Optional.empty() : Optional.of(StoredRecord.decode(record));
    } catch (MalformedException _) {
      return Optional.empty();
    }
  }

  /** What a key has on its disk; nothing if that is damaged. */
  VersionSet storedStateOf(ItemKey key) {
    return storedRecordOf(key).map(StoredRecord::state).orElse(VersionSet.EMPTY);
  }

  /** The encoded record of a key, as its disk has it. */
  Bytes recordOf(ItemKey key) {
    return disk.recordOf(view.partitionOf(key), key).orElse(Bytes.EMPTY);
  }

  private final class Repairs implements NodeRepairs {
    @Override
    public RepairState state() {
      List<AntiEntropy.State> states = shards.stream().map(Shard::repairs).toList();
      return new RepairState(
          states.stream().allMatch(AntiEntropy.State::inSync),
          states.stream().mapToLong(AntiEntropy.State::differing).sum(),
          states.stream().mapToLong(state -> state.figures().keysRepaired()).sum());
    }

    @Override
    public void start() {
      shards.forEach(Shard::repair);
    }
  }
}
