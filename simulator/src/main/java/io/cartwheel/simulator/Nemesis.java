package io.cartwheel.simulator;

import static io.cartwheel.simulator.VirtualTime.MILLIS;
import static io.cartwheel.simulator.VirtualTime.SECONDS;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Brings about the faults that strike at moments rather than at messages. */
final class Nemesis {
  /** A second machine loses power only when the first one's peers have long synced. */
  private static final long BETWEEN_POWER_LOSSES = 500 * MILLIS;

  private static final long DAY_MILLIS = 86_400_000L;

  private final World world;
  private final LastStand lastStand;
  private final SplittableRandom random;
  private long lastPowerLoss = -BETWEEN_POWER_LOSSES;
  private SimNode lastOne;

  Nemesis(World world, LastStand lastStand, SplittableRandom random) {
    this.world = world;
    this.lastStand = lastStand;
    this.random = random;
    lastOne = world.nodes().getFirst();
  }

  void start() {
    later();
  }

  private void later() {
    world.time().after(50 * MILLIS + random.nextLong(2 * SECONDS), this::strike);
  }

  private void strike() {
    SimNode node = world.nodes().get(random.nextInt(world.nodes().size()));
    SimNode other = world.nodes().get(random.nextInt(world.nodes().size()));
    double likely = 0.4;
    if (world.faults().strikes(Fault.ONE_WAY_CUT, likely, random)) {
      cut(List.of(new SimNetwork.Link(node.number(), other.number())));
    }
    if (world.faults().strikes(Fault.PARTITION, likely / 2, random)) {
      cut(linksBetweenHalves());
    }
    if (world.faults().strikes(Fault.CLOG, likely, random)) {
      clog(new SimNetwork.Link(node.number(), other.number()));
    }
    if (world.faults().strikes(Fault.LAST_ONE_STANDING, likely / 3, random)) {
      // Mostly the same again: what it did the last time has been handed over meanwhile.
      lastOne = random.nextInt(4) == 0 || !lastOne.isUp() ? node : lastOne;
      killAllBut(lastOne);
    }
    if (node.isUp()) {
      strikeNode(node, likely);
    }
    if (node.isUp()) {
      burden(node, likely);
    }
    later();
  }

  private void clog(SimNetwork.Link link) {
    world.network().clog(link);
    long lasting = 100 * MILLIS + random.nextLong(4 * SECONDS);
    world.time().after(lasting, () -> world.network().unclog(link));
  }

  private void killAllBut(SimNode survivor) {
    for (SimNode node : world.nodes()) {
      if (node != survivor && node.isUp()) {
        node.kill();
        long away = SECONDS + random.nextLong(3 * SECONDS);
        world.time().after(away, () -> startIfDown(node));
      }
    }
    lastStand.begin(survivor);
  }

  /** Faults that a process survives. */
  private void burden(SimNode node, double likely) {
    Life life = node.life();
    if (world.faults().strikes(Fault.PAUSE, likely, random)) {
      life.pause();
      long lasting = 20 * MILLIS + random.nextLong(3 * SECONDS);
      world.time().after(lasting, life::resume);
    }
    if (world.faults().strikes(Fault.SLOW_NODE, likely / 2, random)) {
      life.lag(random.nextLong(150 * MILLIS));
      world.time().after(random.nextLong(4 * SECONDS), () -> life.lag(0));
    }
    if (world.faults().strikes(Fault.FULL_DISK, likely / 2, random)) {
      node.disk().full(true);
      world.time().after(random.nextLong(3 * SECONDS), () -> node.disk().full(false));
    }
  }

  private void strikeNode(SimNode node, double likely) {
    if (world.faults().strikes(Fault.CLOCK_JUMP, likely, random)) {
      node.clock().jump(random.nextLong(-DAY_MILLIS, 30 * DAY_MILLIS));
    }
    if (world.faults().includes(Fault.DAMAGED_RECORD)
        && random.nextDouble() < likely
        && node.disk().damage(random)) {
      world.faults().count(Fault.DAMAGED_RECORD);
    }
    if (world.faults().strikes(Fault.KILL, likely, random)) {
      node.kill();
      startAgainLater(node);
    } else if (world.faults().strikes(Fault.CLEAN_STOP, likely, random)) {
      node.stopCleanly();
      startAgainLater(node);
    } else if (world.time().now() - lastPowerLoss >= BETWEEN_POWER_LOSSES
        && world.faults().strikes(Fault.POWER_LOSS, likely / 2, random)) {
      lastPowerLoss = world.time().now();
      node.losePower();
      startAgainLater(node);
    } else if (world.faults().strikes(Fault.OLD_DISK, likely / 4, random)) {
      SimDisk.Snapshot old = node.disk().snapshot();
      world.time().after(random.nextLong(10 * SECONDS), () -> returnWith(node, old));
    } else if (world.faults().strikes(Fault.NEW_DISK, likely / 8, random)) {
      wipe(node);
    }
  }

  private void wipe(SimNode node) {
    node.kill();
    node.returnWith(SimDisk.Snapshot.EMPTY);
    startAgainLater(node);
  }

  /** The node is replaced by a copy of what it was a while ago. */
  private void returnWith(SimNode node, SimDisk.Snapshot old) {
    if (node.isUp() && world.faults().includes(Fault.OLD_DISK)) {
      node.kill();
      node.returnWith(old);
      startAgainLater(node);
    }
  }

  private void startAgainLater(SimNode node) {
    world.time().after(100 * MILLIS + random.nextLong(4 * SECONDS), () -> startIfDown(node));
  }

  private static void startIfDown(SimNode node) {
    if (!node.isUp()) {
      node.start();
    }
  }

  private List<SimNetwork.Link> linksBetweenHalves() {
    var links = new ArrayList<SimNetwork.Link>();
    long side = random.nextLong();
    for (SimNode left : world.nodes()) {
      for (SimNode right : world.nodes()) {
        if ((side >> left.number() & 1) != (side >> right.number() & 1)) {
          links.add(new SimNetwork.Link(left.number(), right.number()));
        }
      }
    }
    return links;
  }

  private void cut(List<SimNetwork.Link> links) {
    for (SimNetwork.Link link : links) {
      world.network().cut(link);
      SimNode from = world.nodes().get(link.from());
      SimNode to = world.nodes().get(link.to());
      from.connections().peerCut(to);
      to.connections().peerCut(from);
    }
    long lasting = 200 * MILLIS + random.nextLong(8 * SECONDS);
    world.time().after(lasting, () -> links.forEach(world.network()::mend));
  }

  /** Ends all faults: every link passes, every node runs. */
  void heal() {
    world.faults().heal();
    world.network().mendAll();
    for (SimNode node : world.nodes()) {
      node.disk().full(false);
      node.life().lag(0);
      node.life().resume();
      startIfDown(node);
    }
  }
}
