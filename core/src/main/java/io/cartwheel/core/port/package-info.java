/**
 * All that the protocol asks of the world: time, timers, randomness, peers, storage, an observer.
 *
 * <p>Each port belongs to one shard and is called on its thread only; callbacks come on that thread
 * too. No port blocks. In the simulator the same ports stand on virtual time and one seed.
 */
@NullMarked
package io.cartwheel.core.port;

import org.jspecify.annotations.NullMarked;
