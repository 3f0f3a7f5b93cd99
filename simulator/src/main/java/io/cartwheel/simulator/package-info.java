/**
 * Whole clusters in one thread from one seed, many times faster than time.
 *
 * <p>The real core runs over a seeded network, seeded disks and clocks that lie; clients write down
 * what they were shown, and checkers compare that with what is left at the end. A seed's run is a
 * function of the seed and the settings alone: the hash of its trace is equal on a second run. Each
 * simulation belongs to one thread; a campaign runs several side by side.
 */
@NullMarked
package io.cartwheel.simulator;

import org.jspecify.annotations.NullMarked;
