/**
 * The engine that keeps everything in memory: for the simulator and for tests.
 *
 * <p>Nothing survives the process. One instance belongs to one shard, answers from within the call
 * and does the same on every run, so that a simulated cluster stands on it.
 */
@NullMarked
package io.cartwheel.storage.memory;

import org.jspecify.annotations.NullMarked;
