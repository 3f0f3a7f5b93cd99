/** Tests of the simulator, and of the core by it. */
@NullMarked
package io.cartwheel.simulator;

import org.jspecify.annotations.NullMarked;
