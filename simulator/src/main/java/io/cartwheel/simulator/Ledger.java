package io.cartwheel.simulator;

import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.item.MalformedException;
import io.cartwheel.core.replica.StoredRecord;
import io.cartwheel.core.version.Dot;
import io.cartwheel.core.version.Sibling;
import io.cartwheel.core.version.VersionSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Who held which write on disk, and which disks lost it to an injected fault: a write that every
 * holder lost that way is not the protocol's loss. Also sees that no dot ever names two values.
 */
final class Ledger {
  private final Violations violations;
  private final Map<Bytes, Set<Integer>> holders = new LinkedHashMap<>();
  private final Map<Bytes, Set<Integer>> losers = new LinkedHashMap<>();
  private final Set<Bytes> everLost = new LinkedHashSet<>();
  private final Set<Bytes> forgotten = new LinkedHashSet<>();
  private final Set<Bytes> late = new LinkedHashSet<>();
  private long losses;
  private Consumer<Bytes> minted = _ -> {};
  private final Map<Dot, Bytes> namedBy = new LinkedHashMap<>();
  private final Map<Bytes, List<Dot>> dots = new LinkedHashMap<>();
  private final Map<Bytes, Long> expiries = new LinkedHashMap<>();

  Ledger(Violations violations) {
    this.violations = violations;
  }

  /** Who hears of each dot's write when it is first on a disk. */
  void onMinted(Consumer<Bytes> listener) {
    minted = listener;
  }

  void stored(int node, Bytes record) {
    for (Sibling sibling : stateOf(record).siblings()) {
      Bytes write = sibling.content().requestId();
      holders.computeIfAbsent(write, _ -> new LinkedHashSet<>()).add(node);
      losers.computeIfAbsent(write, _ -> new LinkedHashSet<>()).remove(node);
      Bytes known = namedBy.putIfAbsent(sibling.dot(), write);
      if (known == null) {
        minted.accept(write);
        dots.computeIfAbsent(write, _ -> new ArrayList<>()).add(sibling.dot());
      }
      if (sibling.content().expires()) {
        expiries.merge(write, sibling.content().expiresMillis(), Math::min);
      }
      if (known != null && !known.equals(write)) {
        violations.add("two values under one dot " + sibling.dot());
      }
    }
  }

  /** The protocol removed a record: from then on it is for others to hold it. */
  void removed(int node, Bytes record) {
    for (Sibling sibling : stateOf(record).siblings()) {
      Set<Integer> held = holders.get(sibling.content().requestId());
      if (held != null) {
        held.remove(node);
      }
    }
  }

  /** The protocol forgot something: only what is deleted or may have expired it may. */
  void forgot(Bytes before, Optional<Bytes> after) {
    VersionSet remains = after.map(Ledger::stateOf).orElse(VersionSet.EMPTY);
    for (Sibling sibling : stateOf(before).siblings()) {
      boolean mayGo = sibling.content().tombstone() || sibling.content().expires();
      if (mayGo && !remains.holds(sibling.dot())) {
        forgotten.add(sibling.content().requestId());
      }
    }
  }

  /** Whether any disk has forgotten the write by the protocol's proof. */
  boolean wasForgotten(Bytes write) {
    return forgotten.contains(write);
  }

  /** The write came to its coordinator so late that it can't know the time that was left. */
  void cameLate(Bytes write) {
    late.add(write);
  }

  boolean everCameLate(Bytes write) {
    return late.contains(write);
  }

  /** The dots under which a write was ever stored. */
  List<Dot> dotsOf(Bytes write) {
    return dots.getOrDefault(write, List.of());
  }

  /** Whether any attempt at the write, as it was stored, has expired by a wall clock. */
  boolean isExpiredAt(Bytes write, long wallMillis) {
    Long expires = expiries.get(write);
    return expires != null && expires <= wallMillis;
  }

  /** A disk lost a record, or went back to an older one. */
  void lost(int node, Optional<Bytes> had, Optional<Bytes> left) {
    losses++;
    VersionSet remains = left.map(Ledger::stateOf).orElse(VersionSet.EMPTY);
    for (Sibling sibling : had.map(Ledger::stateOf).orElse(VersionSet.EMPTY).siblings()) {
      if (!remains.holds(sibling.dot())) {
        Bytes write = sibling.content().requestId();
        losers.computeIfAbsent(write, _ -> new LinkedHashSet<>()).add(node);
        everLost.add(write);
      }
    }
  }

  /** How often any disk lost anything. */
  long losses() {
    return losses;
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
