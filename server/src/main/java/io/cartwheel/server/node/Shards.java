package io.cartwheel.server.node;

import io.cartwheel.core.item.ItemKey;
import io.cartwheel.core.membership.ClusterView;
import io.cartwheel.core.node.KeyValueService;
import java.util.function.Consumer;

/** A node's shards as the protocols see them that clients speak. Safe from any thread. */
public interface Shards {
  /** The cluster as this node knows it. */
  ClusterView view();

  /** Runs the task on the thread of the key's shard, within the call if that is this thread. */
  void onShardOf(ItemKey key, Consumer<KeyValueService> task);

  /** Tries to hand over all that is kept for others now, to owners too that failed of late. */
  void drainHints();

  /** Whether the node is a member with its storage open: before that it serves nobody. */
  boolean isReady();
}
