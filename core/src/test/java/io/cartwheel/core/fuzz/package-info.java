/**
 * Targets for a fuzzer, one per decoder: {@code fuzz/run} at the top of the source tree runs them
 * for as long as one likes, and the build replays what they once found.
 */
@NullMarked
package io.cartwheel.core.fuzz;

import org.jspecify.annotations.NullMarked;
