package io.cartwheel.core.version;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * The reference that version sets are measured against: causality as sets, without any clock.
 *
 * <p>Each write is a number with its history: all writes that its writer had been shown. A replica
 * is the set of writes that it has heard of. A write is live there unless it is in the history of
 * another one that the replica has heard of.
 */
final class CausalHistories {
  private final List<BitSet> histories = new ArrayList<>();

  /** A new write by somebody who was shown these. */
  int write(BitSet shown) {
    histories.add((BitSet) shown.clone());
    return histories.size() - 1;
  }

  int count() {
    return histories.size();
  }

  /** What of the writes heard of is in no other's history. */
  BitSet live(BitSet heardOf) {
    var live = (BitSet) heardOf.clone();
    heardOf.stream().forEach(write -> live.andNot(histories.get(write)));
    return live;
  }

  static BitSet union(BitSet left, BitSet right) {
    var union = (BitSet) left.clone();
    union.or(right);
    return union;
  }
}
