/** What is to be seen of the demo: a panel on a terminal, lines in a pipe. */
@NullMarked
package io.cartwheel.cli.demo.view;

import org.jspecify.annotations.NullMarked;
