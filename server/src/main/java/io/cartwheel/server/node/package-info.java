/**
 * The running node: the core's shards on event loops, its store, its peers, and how it becomes a
 * member of its cluster.
 */
@NullMarked
package io.cartwheel.server.node;

import org.jspecify.annotations.NullMarked;
