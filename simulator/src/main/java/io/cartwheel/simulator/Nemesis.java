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
  private final SplittableRandom random;
  private long lastPowerLoss = -BETWEEN_POWER_LOSSES;

  Nemesis(World world, SplittableRandom random) {
    this.world = world;
    this.random = random;
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
    if (node.isUp()) {
      strikeNode(node, likely);
    }
    later();
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
    } else if (world.time().now() - lastPowerLoss >= BETWEEN_POWER_LOSSES
        && world.faults().strikes(Fault.POWER_LOSS, likely / 2, random)) {
      lastPowerLoss = world.time().now();
      node.losePower();
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
    world.nodes().forEach(Nemesis::startIfDown);
  }
}
