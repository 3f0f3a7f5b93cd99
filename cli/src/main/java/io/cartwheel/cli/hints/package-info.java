/** The verbs over what a node keeps for others: {@code hints list}, {@code drain}. */
@NullMarked
package io.cartwheel.cli.hints;

import org.jspecify.annotations.NullMarked;
