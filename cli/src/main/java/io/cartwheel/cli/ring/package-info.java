/** The verbs that show who serves what: {@code ring show}, {@code preflist}, {@code owners}. */
@NullMarked
package io.cartwheel.cli.ring;

import org.jspecify.annotations.NullMarked;
