/**
 * Real nodes for tests: each a process of its own on this machine, to be started, killed, paused,
 * stopped and started again.
 *
 * <p>{@link io.cartwheel.testing.CartwheelCluster} is the JUnit extension, {@link
 * io.cartwheel.testing.LocalCluster} the same without JUnit. Everything listens on loopback, keeps
 * its files in a temporary folder and is gone after {@code close}.
 */
@NullMarked
package io.cartwheel.testing;

import org.jspecify.annotations.NullMarked;
