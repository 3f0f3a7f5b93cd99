package io.cartwheel.server.node;

import io.cartwheel.core.item.ItemKey;
import io.cartwheel.core.membership.ClusterView;
import io.cartwheel.core.message.Message.RepairState;
import io.cartwheel.core.node.KeyValueService;
import io.cartwheel.core.ring.MemberId;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** A node's shards as the protocols see them that clients speak. Safe from any thread. */
public interface Shards {
  /** The cluster as this node knows it. */
  ClusterView view();

  /** Runs the task on the thread of the key's shard, within the call if that is this thread. */
  void onShardOf(ItemKey key, Consumer<KeyValueService> task);

  /** Tries to hand over all that is kept for others now, to owners too that failed of late. */
  void drainHints();

  /**
   * Asks all members how their records compare to others'; ends within seconds.
   *
   * @param start whether they shall compare them all anew, from now on
   * @return each member's answer; empty: it gave none
   */
  CompletableFuture<SortedMap<MemberId, Optional<RepairState>>> surveyRepairs(boolean start);

  /** Whether the node is a member with its storage open: before that it serves nobody. */
  boolean isReady();
}
