package io.cartwheel.simulator;

import static io.cartwheel.simulator.VirtualTime.MICROS;
import static io.cartwheel.simulator.VirtualTime.MILLIS;
import static io.cartwheel.simulator.VirtualTime.SECONDS;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Carries messages between nodes over directed links: late, twice, out of order or not at all.
 *
 * <p>Harsher than TCP: a message may vanish while the connection stands.
 */
final class SimNetwork {
  private final VirtualTime time;
  private final SplittableRandom random;
  private final FaultMix faults;
  private final Set<Link> cut = new LinkedHashSet<>();
  private final Map<Link, List<Runnable>> clogged = new LinkedHashMap<>();

  /** One direction between two nodes, by their numbers. */
  record Link(int from, int to) {
    Link back() {
      return new Link(to, from);
    }
  }

  SimNetwork(VirtualTime time, SplittableRandom random, FaultMix faults) {
    this.time = time;
    this.random = random;
    this.faults = faults;
  }

  void cut(Link link) {
    cut.add(link);
  }

  void mend(Link link) {
    cut.remove(link);
  }

  void mendAll() {
    cut.clear();
    List.copyOf(clogged.keySet()).forEach(this::unclog);
  }

  /** From now on the link holds back what it is given. */
  void clog(Link link) {
    clogged.putIfAbsent(link, new ArrayList<>());
  }

  /** The link lets everything go that it held back. */
  void unclog(Link link) {
    List<Runnable> held = clogged.remove(link);
    if (held != null) {
      held.forEach(delivery -> time.after(latency(), delivery));
    }
  }

  boolean isCut(Link link) {
    return cut.contains(link);
  }

  /** Whether both directions pass: what a connection needs. */
  boolean passes(Link link) {
    return !isCut(link) && !isCut(link.back());
  }

  /** Delivers a message, as far as the link and the faults let it. */
  void carry(Link link, Runnable delivery) {
    if (isCut(link) || faults.strikes(Fault.LOSS, 0.02, random)) {
      return;
    }
    List<Runnable> held = clogged.get(link);
    if (held != null) {
      held.add(delivery);
      return;
    }
    time.after(latency(), delivery);
    if (faults.strikes(Fault.DUPLICATION, 0.02, random)) {
      // Half of them long after: what they carry may have been superseded, or forgotten.
      time.after(random.nextBoolean() ? latency() : random.nextLong(8 * SECONDS), delivery);
    }
  }

  /** 50 to 500 µs; with delays now and then up to two seconds. */
  long latency() {
    long usual = (50 + random.nextInt(450)) * MICROS;
    if (!faults.strikes(Fault.DELAY, 0.02, random)) {
      return usual;
    }
    long worst = random.nextInt(10) == 0 ? 2 * SECONDS : 100 * MILLIS;
    return usual + random.nextLong(worst);
  }
}
