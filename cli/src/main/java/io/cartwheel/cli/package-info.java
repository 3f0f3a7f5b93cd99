/**
 * The {@code cartwheel} command: a table of verbs, each a small class in a package below, and what
 * happens when one fails.
 *
 * <p>A verb lives for one request and must start in a blink: only the verb that is asked for is
 * made, and only {@code server}, {@code simulate} and {@code bench} load what they run.
 */
@NullMarked
package io.cartwheel.cli;

import org.jspecify.annotations.NullMarked;
