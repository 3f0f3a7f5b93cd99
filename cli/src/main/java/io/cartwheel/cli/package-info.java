/** The {@code cartwheel} command. */
@NullMarked
package io.cartwheel.cli;

import org.jspecify.annotations.NullMarked;
