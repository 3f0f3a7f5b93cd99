/**
 * Requests, one object each, that live until their last reply or their deadline (Dynamo §4.5, §5).
 *
 * <p>A coordination is told of replies, failures and time, and answers its client exactly once,
 * usually before it ends. Members that answer are asked before those that are suspected, and may
 * stand in for them (§4.6). One shard, one thread; a reply may come from within the call that asks,
 * when the node asks itself.
 */
@NullMarked
package io.cartwheel.core.coordination;

import org.jspecify.annotations.NullMarked;
