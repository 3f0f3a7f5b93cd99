package io.cartwheel.simulator;

import io.cartwheel.core.ring.MemberId;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;

/** What everything in one simulation shares. */
final class World {
  private final long seed;
  private final SplittableRandom random;
  private final VirtualTime time;
  private final FaultMix faults;
  private final SimNetwork network;
  private final Ledger ledger;
  private final Probes probes = new Probes();
  private final Violations violations = new Violations();
  private final List<SimNode> nodes = new ArrayList<>();

  World(long seed) {
    this(seed, FaultMix::new);
  }

  World(long seed, Function<SplittableRandom, FaultMix> mix) {
    this.seed = seed;
    random = new SplittableRandom(seed);
    time = new VirtualTime(random.split());
    faults = mix.apply(random.split());
    network = new SimNetwork(time, random.split(), faults);
    ledger = new Ledger(violations);
  }

  long seed() {
    return seed;
  }

  /** A stream of randomness of its own, drawn from the seed. */
  SplittableRandom split() {
    return random.split();
  }

  VirtualTime time() {
    return time;
  }

  FaultMix faults() {
    return faults;
  }

  SimNetwork network() {
    return network;
  }

  Ledger ledger() {
    return ledger;
  }

  Probes probes() {
    return probes;
  }

  Violations violations() {
    return violations;
  }

  void add(SimNode node) {
    nodes.add(node);
  }

  List<SimNode> nodes() {
    return nodes;
  }

  SimNode nodeOf(MemberId id) {
    for (SimNode node : nodes) {
      if (node.id().equals(id)) {
        return node;
      }
    }
    throw new IllegalArgumentException("no node " + id);
  }
}
