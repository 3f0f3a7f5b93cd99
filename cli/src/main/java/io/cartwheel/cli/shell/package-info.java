/** The prompt that takes verb after verb against one node, and the same for lines of a script. */
@NullMarked
package io.cartwheel.cli.shell;

import org.jspecify.annotations.NullMarked;
