/**
 * A node: shards wired from their ports, and dispatch; no protocol logic of its own.
 *
 * <p>One shard is one thread's share of a node: some partitions, their replicas and the
 * coordination of their keys. Shards share nothing but immutable snapshots.
 */
@NullMarked
package io.cartwheel.core.node;

import org.jspecify.annotations.NullMarked;
