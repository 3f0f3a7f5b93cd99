/**
 * What a node does for the keys it stores: the record, the key's queue, epochs and dots.
 *
 * <p>Invariants: the read-merge-write of one key is one turn of its queue, so no two writes start
 * from one state; an epoch is continued only by the shard start that opened it, and only from the
 * record it was stored with (ADR 0003). One shard, one thread.
 */
@NullMarked
package io.cartwheel.core.replica;

import org.jspecify.annotations.NullMarked;
