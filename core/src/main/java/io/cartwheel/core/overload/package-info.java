/**
 * How much may be under way before more of it would only wait: what keeps a node that is asked for
 * more than it can do from doing less than it can.
 *
 * <p>A queue that grows without bound answers everybody too late. By Little's law what is under way
 * is the throughput times the delay, so a bound of the throughput of late times the delay that is
 * bearable keeps the delay there, whatever the load is. Nothing here knows of requests, members or
 * disks. One shard, one thread; time is told.
 */
@NullMarked
package io.cartwheel.core.overload;

import org.jspecify.annotations.NullMarked;
