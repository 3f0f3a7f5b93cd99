package io.cartwheel.server.node;

import io.cartwheel.core.replica.HintLedger.Debt;
import io.cartwheel.core.ring.MemberId;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a node keeps for others (Dynamo §4.6).
 *
 * @param keys how many keys' records, each once however many owners it is owed to
 * @param bytes how long these records are together
 * @param quotaBytes how long they may be
 * @param refusing whether a record was refused of late because there was no room for it
 * @param owed what each owner is owed
 */
public record HintsKept(
    long keys, long bytes, long quotaBytes, boolean refusing, SortedMap<MemberId, Debt> owed) {
  public static final HintsKept NONE = new HintsKept(0, 0, 0, false, new TreeMap<>());

  public HintsKept {
    owed = Collections.unmodifiableSortedMap(new TreeMap<>(owed));
  }

  /** What two shards owe one owner. */
  static Debt both(Debt one, Debt other) {
    return new Debt(
        one.count() + other.count(),
        one.bytes() + other.bytes(),
        Math.min(one.oldestMillis(), other.oldestMillis()));
  }
}
