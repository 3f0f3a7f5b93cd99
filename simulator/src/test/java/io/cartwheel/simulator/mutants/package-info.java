/**
 * Deliberate bugs, compiled into copies of the core, each of which the simulator must notice: what
 * tells that its checks can fail.
 */
@NullMarked
package io.cartwheel.simulator.mutants;

import org.jspecify.annotations.NullMarked;
