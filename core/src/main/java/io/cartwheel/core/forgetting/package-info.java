/**
 * Forgets what is deleted or has expired, by proof and not by time, so that nothing comes back (ADR
 * 15).
 *
 * <p>A tombstone may go when no older state of its key exists anywhere: in no message, no hint, no
 * paused process, no absent member. All primaries confirm that they hold the same; then all members
 * go through barriers, and whoever holds anything for others says of which partitions. What began
 * before is refused from then on, so it does not matter when it ends.
 *
 * <p>Invariants: a state is only forgotten where it is just the confirmed one; what was forgotten
 * is on record before it is, so that a member with an older copy of its directory learns of it.
 * {@code Barriers} belongs to a node and runs on the thread of its shard 0; all else to a shard.
 */
@NullMarked
package io.cartwheel.core.forgetting;

import org.jspecify.annotations.NullMarked;
