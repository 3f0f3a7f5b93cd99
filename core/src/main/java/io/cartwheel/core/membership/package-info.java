/**
 * Who is in the cluster and what they agreed on (Dynamo §4.8): snapshots that the control plane
 * publishes and shards read. Immutable.
 */
@NullMarked
package io.cartwheel.core.membership;

import org.jspecify.annotations.NullMarked;
