/** A Cartwheel server: everything that a node's process consists of, started and stopped. */
@NullMarked
package io.cartwheel.server;

import org.jspecify.annotations.NullMarked;
