/** Whole nodes in the tests' own process. */
@NullMarked
package io.cartwheel.server;

import org.jspecify.annotations.NullMarked;
