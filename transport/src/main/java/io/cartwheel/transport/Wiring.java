package io.cartwheel.transport;

import io.cartwheel.core.node.ShardMap;
import io.netty.channel.EventLoop;
import io.netty.channel.group.ChannelGroup;
import java.util.List;

/**
 * What the parts of one network share.
 *
 * @param loops one per shard
 * @param channels all that are open; once it is closed, so is whatever is added
 * @param cut whom this node is cut off from
 */
record Wiring(
    NetworkSettings settings,
    List<EventLoop> loops,
    ChannelGroup channels,
    NetworkCounters counters,
    Acquaintances acquaintances,
    DialLog dialLog,
    LogLimiter noise,
    Cut cut) {

  ShardMap shardMap() {
    return new ShardMap(loops.size());
  }
}
