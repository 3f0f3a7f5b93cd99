/**
 * Finds what replicas of a partition lack of one another, and mends it, with no client's help
 * (Dynamo §4.7).
 *
 * <p>Every node keeps a Merkle tree of each partition that it owns, changed with each write. Pairs
 * of owners compare roots, then branches, then the keys of segments that differ, then what differs:
 * what agrees costs a few bytes. A key that differs is looked at again before it is repaired, for
 * writes under way differ for a moment too.
 *
 * <p>Invariants: a tree is told of a write once the engine holds it, never before; a tree of which
 * that may not be true is not compared until it was made anew. Exchange only merges states, so it
 * can lose nothing. One shard, one thread.
 */
@NullMarked
package io.cartwheel.core.antientropy;

import org.jspecify.annotations.NullMarked;
