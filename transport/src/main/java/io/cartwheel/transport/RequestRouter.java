package io.cartwheel.transport;

import io.cartwheel.core.item.ItemKey;
import io.cartwheel.core.message.Message;
import io.cartwheel.core.node.ShardMap;
import io.cartwheel.core.ring.MemberId;
import io.cartwheel.core.ring.RingPosition;
import java.util.concurrent.RejectedExecutionException;

/**
 * Brings requests to the shard that their key's partition belongs to; those without a key are for
 * the shard whose link they came over.
 */
final class RequestRouter {
  private final Wiring wiring;
  private final Inbound inbound;
  private final ShardMap shardMap;

  RequestRouter(Wiring wiring, Inbound inbound) {
    this.wiring = wiring;
    this.inbound = inbound;
    shardMap = wiring.shardMap();
  }

  /**
   * Hands a request over, on this thread if {@code here} is the shard that it is for.
   *
   * @return false if that shard's loop has ended
   */
  boolean route(int here, MemberId from, Message.Request request, IncomingRequest answer) {
    int shard =
        switch (request) {
          case Message.KeyRequest keyed -> shardOf(partitionOf(keyed.key()));
          case Message.PartitionRequest about -> shardOf(about.partition());
          case Message.RepairQuery _,
              Message.BarrierQuery _,
              Message.ForgotQuery _,
              Message.Heartbeat _ ->
              here;
        };
    if (shard == here) {
      inbound.received(shard, from, request, answer);
      return true;
    }
    wiring.counters().hops.increment();
    try {
      wiring.loops().get(shard).execute(() -> inbound.received(shard, from, request, answer));
      return true;
    } catch (RejectedExecutionException e) {
      return false;
    }
  }

  private int partitionOf(ItemKey key) {
    return RingPosition.of(key).partitionOf(wiring.settings().identity().partitions());
  }

  private int shardOf(int partition) {
    return shardMap.shards() == 1 ? 0 : shardMap.shardOf(partition);
  }
}
