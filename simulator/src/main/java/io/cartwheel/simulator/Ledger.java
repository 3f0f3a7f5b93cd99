package io.cartwheel.simulator;

import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.item.MalformedException;
import io.cartwheel.core.replica.StoredRecord;
import io.cartwheel.core.version.Dot;
import io.cartwheel.core.version.Sibling;
import io.cartwheel.core.version.VersionSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who held which write on disk, and which disks lost it to an injected fault: a write that every
 * holder lost that way is not the protocol's loss. Also sees that no dot ever names two values.
 */
final class Ledger {
  private final Violations violations;
  private final Map<Bytes, Set<Integer>> holders = new LinkedHashMap<>();
  private final Map<Bytes, Set<Integer>> losers = new LinkedHashMap<>();
  private final Set<Bytes> everLost = new LinkedHashSet<>();
  private final Map<Dot, Bytes> namedBy = new LinkedHashMap<>();

  Ledger(Violations violations) {
    this.violations = violations;
  }

  void stored(int node, Bytes record) {
    for (Sibling sibling : stateOf(record).siblings()) {
      Bytes write = sibling.content().requestId();
      holders.computeIfAbsent(write, _ -> new LinkedHashSet<>()).add(node);
      losers.computeIfAbsent(write, _ -> new LinkedHashSet<>()).remove(node);
      Bytes known = namedBy.putIfAbsent(sibling.dot(), write);
      if (known != null && !known.equals(write)) {
        violations.add("two values under one dot " + sibling.dot());
      }
    }
  }

  /** A disk lost a record, or went back to an older one. */
  void lost(int node, Optional<Bytes> had, Optional<Bytes> left) {
    VersionSet remains = left.map(Ledger::stateOf).orElse(VersionSet.EMPTY);
    for (Sibling sibling : had.map(Ledger::stateOf).orElse(VersionSet.EMPTY).siblings()) {
      if (!remains.holds(sibling.dot())) {
        Bytes write = sibling.content().requestId();
        losers.computeIfAbsent(write, _ -> new LinkedHashSet<>()).add(node);
        everLost.add(write);
      }
    }
  }

  /** Whether all disks that ever held the write lost it to faults. */
  boolean excused(Bytes write) {
    Set<Integer> held = holders.getOrDefault(write, Set.of());
    return !held.isEmpty() && losers.getOrDefault(write, Set.of()).containsAll(held);
  }

  /** Whether any disk ever lost the write, so that quorums need not overlap in it. */
  boolean wasEverLost(Bytes write) {
    return everLost.contains(write);
  }

  private static VersionSet stateOf(Bytes record) {
    try {
      return StoredRecord.decode(record).state();
    } catch (MalformedException _) {
      return VersionSet.EMPTY;
    }
  }
}
