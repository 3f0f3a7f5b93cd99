/** Tests of connections, over real sockets on the loopback device. */
@NullMarked
package io.cartwheel.transport;

import org.jspecify.annotations.NullMarked;
