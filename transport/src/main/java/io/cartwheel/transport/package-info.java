/**
 * Connections between nodes: protobuf frames over Netty, one link per pair of shards.
 *
 * <p>Dynamo §5 puts request coordination over Java NIO channels; here a shard is an event loop. A
 * node dials a link for each pair of its own and a peer's shards and sends its requests there;
 * replies come back the way their requests came. Each link lives on its shards' event loops, so a
 * request on the right link never changes thread on either side.
 *
 * <p>Invariants: nothing blocks an event loop; nothing is allocated on a sender's word alone;
 * queues are bounded both ways; a peer's bad bytes cost that peer its connection and nobody
 * anything else.
 */
@NullMarked
package io.cartwheel.transport;

import org.jspecify.annotations.NullMarked;
