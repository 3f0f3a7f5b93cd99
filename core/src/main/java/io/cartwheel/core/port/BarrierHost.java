package io.cartwheel.core.port;

import io.cartwheel.core.membership.BarrierRecord;
import io.cartwheel.core.membership.BarrierView;
import io.cartwheel.core.membership.Foreign;
import java.util.SortedSet;
import java.util.function.Consumer;

/**
 * All of a node's shards and its directory, as the barriers need them. Called on the thread of
 * shard 0, and calls back on it, from within the call or later.
 */
public interface BarrierHost {
  /** All shards begin all further work under this barrier; then {@code done}. */
  void enter(long barrier, Runnable done);

  /** All that the shards have written is safe from a loss of power; or that it is not. */
  void sync(Consumer<Boolean> done);

  /** Replaces the durable record; whether that went well. */
  void save(BarrierRecord record, Consumer<Boolean> done);

  /** All shards refuse what is outdated by this barrier; hears what they held for others. */
  void reach(long barrier, Consumer<Foreign.Held> done);

  /** All shards drop what they are about to forget, and refuse proofs that end by this barrier. */
  void voidProofs(long barrier, Runnable done);

  /**
   * Sets all records of these partitions aside, as damaged ones are, and owes nothing of them to
   * anybody; whether that went well.
   */
  void setAside(SortedSet<Integer> partitions, Consumer<Boolean> done);

  /** The node has lost data: it is whole again when it has exchanged with all others. */
  void recover();

  /** Whether shards read and write from now on. */
  void open(boolean nowOpen);

  /** What shards see from now on. */
  void publish(BarrierView view);
}
