/**
 * HTTP connections on the shards' event loops: reading requests under limits, answering in order.
 *
 * <p>A connection belongs to one loop. A request hops to its key's shard and its answer back;
 * nothing blocks a loop. Nothing is allocated on a client's word alone: heads, bodies, connections,
 * requests under way and bytes held are all bounded, and slow clients are cut off.
 */
@NullMarked
package io.cartwheel.server.http;

import org.jspecify.annotations.NullMarked;
