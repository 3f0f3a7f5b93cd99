/** The verbs over how members' records compare: {@code repair status}, {@code start}. */
@NullMarked
package io.cartwheel.cli.repair;

import org.jspecify.annotations.NullMarked;
