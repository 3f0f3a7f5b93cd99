package io.cartwheel.simulator;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Which faults a seed may meet, whether they may happen now, and how often each did.
 *
 * <p>A swarm: most seeds leave some faults out, so that none can hide behind the others.
 */
final class FaultMix {
  private final Set<Fault> drawn = EnumSet.noneOf(Fault.class);
  private final Map<Fault, Long> counts = new EnumMap<>(Fault.class);
  private boolean healed;

  FaultMix(SplittableRandom random) {
    for (Fault fault : Fault.values()) {
      if (random.nextInt(5) < 3) {
        drawn.add(fault);
      }
    }
  }

  /** These faults and no others. */
  FaultMix(Set<Fault> chosen) {
    drawn.addAll(chosen);
  }

  /** Draws whether the fault strikes at one of its chances. */
  boolean strikes(Fault fault, double probability, SplittableRandom random) {
    if (healed || !drawn.contains(fault) || random.nextDouble() >= probability) {
      return false;
    }
    counts.merge(fault, 1L, Long::sum);
    return true;
  }

  /** Whether the seed may meet the fault, be it over or not. */
  boolean isDrawn(Fault fault) {
    return drawn.contains(fault);
  }

  boolean includes(Fault fault) {
    return !healed && drawn.contains(fault);
  }

  void count(Fault fault) {
    counts.merge(fault, 1L, Long::sum);
  }

  /** From now on nothing fails any more. */
  void heal() {
    healed = true;
  }

  Map<Fault, Long> counts() {
    return counts;
  }
}
