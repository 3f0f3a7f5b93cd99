/**
 * A lean HTTP/1.1 client of items: one request at a time on one blocking connection, as little work
 * per request as can be, since it shares the machine with what it measures.
 */
@NullMarked
package io.cartwheel.benchmarks.http;

import org.jspecify.annotations.NullMarked;
