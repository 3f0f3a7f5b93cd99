/**
 * Hands over what this node holds for others (Dynamo §4.6): hints, to the owners they are for.
 *
 * <p>Invariants: an owner is struck off only after it has durably taken the very state that is kept
 * for it; nothing is dropped otherwise. Delivery is throttled, oldest first, and starts over after
 * a restart from what the engine holds. One shard, one thread.
 */
@NullMarked
package io.cartwheel.core.handoff;

import org.jspecify.annotations.NullMarked;
