package io.cartwheel.core.port;

import io.cartwheel.core.membership.BarrierView;
import io.cartwheel.core.ring.MemberId;
import java.util.SortedSet;
import java.util.function.Consumer;

/**
 * The barriers of a node, as each of its shards sees them. Answers at once, with what was known a
 * moment ago; what takes longer calls back on the shard's thread.
 */
public interface NodeBarriers {
  BarrierView view();

  /**
   * Whether the node has made sure that its data are not older than what it told others: before
   * that no shard reads or writes any.
   */
  boolean isOpen();

  /** Somebody waits until all members have reached this barrier. */
  void want(long barrier);

  /**
   * Another member told how it stands.
   *
   * @param current the barrier under which it begins its work
   * @param remembered the barrier that this node told it, as far as it remembers; 0 if it does not
   */
  void heard(MemberId from, long current, long remembered);

  /**
   * Notes that something of a partition is about to be forgotten, by a proof of that barrier.
   *
   * @param done hears, once it is durable, whether it is
   */
  void forgetting(int partition, long barrier, Consumer<Boolean> done);

  /**
   * Voids all proofs that are under way at this node, and tells what it forgot.
   *
   * @param from who asks: what it told before holds no more
   * @param copyReached the barrier that the asker's copy had reached
   * @param done hears the partitions of which such a copy may hold what was forgotten since
   */
  void forgotSince(MemberId from, long copyReached, Consumer<SortedSet<Integer>> done);
}
