/**
 * The load generator: YCSB's workloads A, B and C over items, each thread with one connection and
 * one request at a time, latencies counted from when a request was due and not from when it was
 * sent.
 *
 * <p>Updates behave as a careful application does: they carry the newest context that is known for
 * their record, and read first when none is.
 */
@NullMarked
package io.cartwheel.benchmarks.load;

import org.jspecify.annotations.NullMarked;
