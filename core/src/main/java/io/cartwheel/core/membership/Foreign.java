package io.cartwheel.core.membership;

import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * By which barrier a member last held anything of a partition for others.
 *
 * @param all of every partition: what it held before is not known
 * @param last of single partitions, where that is later
 */
public record Foreign(long all, SortedMap<Integer, Long> last) {
  /** Who asks after more than so many barriers asks for new proof anyway. */
  private static final int REMEMBERED = 16;

  public Foreign {
    last = Collections.unmodifiableSortedMap(new TreeMap<>(last));
  }

  /** As a member knows that has just started: until the next barrier anything may turn up. */
  public static Foreign unknownUntil(long barrier) {
    return new Foreign(barrier, Collections.emptySortedMap());
  }

  /** The last barrier up to which the member held something of the partition. */
  public long lastHeld(int partition) {
    return Math.max(all, last.getOrDefault(partition, 0L));
  }

  /** The same once a further barrier is reached, up to which these partitions were held. */
  public Foreign reached(long barrier, Held held) {
    var later = new TreeMap<Integer, Long>();
    last.forEach((partition, at) -> {
      if (at > barrier - REMEMBERED) {
        later.put(partition, at);
      }
    });
    held.partitions().forEach(partition -> later.put(partition, barrier));
    long least = Math.max(all, barrier - REMEMBERED);
    return held.all() ? unknownUntil(barrier) : new Foreign(least, later);
  }

  /**
   * What was held for others at some time since the barrier before.
   *
   * @param all whether it may be anything
   */
  public record Held(boolean all, SortedSet<Integer> partitions) {
    public static final Held NOTHING = new Held(false, Collections.emptySortedSet());

    public Held {
      partitions = Collections.unmodifiableSortedSet(new TreeSet<>(partitions));
    }

    /** What two shards held. */
    public Held and(Held that) {
      var both = new TreeSet<>(partitions);
      both.addAll(that.partitions());
      return new Held(all || that.all(), both);
    }
  }
}
