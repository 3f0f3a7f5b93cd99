/**
 * What goes on without being asked gives way to clients' requests (Dynamo §6.5).
 *
 * <p>Hints, repairs, walks and the like share disks, links and threads with requests. An admission
 * controller watches how requests fare and hands out time slices: more and more while they fare
 * well, all of them when there are none, half as many when they suffer. Every kind of work keeps a
 * least share whatever happens, for a node that can neither hand over hints nor refill never
 * recovers.
 *
 * <p>One controller for each shard, which shares nothing with others (ADR 0014). One thread; time
 * is told.
 */
@NullMarked
package io.cartwheel.core.background;

import org.jspecify.annotations.NullMarked;
