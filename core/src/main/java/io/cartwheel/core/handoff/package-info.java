/**
 * Hands over what this node holds for others (Dynamo §4.6): hints, to the owners they are for.
 *
 * <p>Invariants: an owner is struck off only after it has durably taken the very state that is kept
 * for it; nothing is dropped otherwise. Delivery is throttled, fair to owners and each owner's
 * oldest first; what fails is put off and stands in nobody's way. After a restart it starts over
 * from what the engine holds. One shard, one thread.
 */
@NullMarked
package io.cartwheel.core.handoff;

import org.jspecify.annotations.NullMarked;
