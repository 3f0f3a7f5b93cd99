/** What a node tells of itself: Prometheus metrics named {@code cartwheel_*}. */
@NullMarked
package io.cartwheel.server.metrics;

import org.jspecify.annotations.NullMarked;
