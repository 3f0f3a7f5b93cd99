/** The verbs that act on this machine and ask no node: server, config, simulate, version. */
@NullMarked
package io.cartwheel.cli.local;

import org.jspecify.annotations.NullMarked;
