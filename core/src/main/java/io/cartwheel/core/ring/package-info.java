/**
 * The ring: which members hold which keys (Dynamo §4.2, §4.3, §6.2).
 *
 * <p>A key's position is a 128-bit hash; Q equal partitions cut the circle; each partition has an
 * ordered list of its members. All of it is one immutable value that the control plane publishes
 * and shards read.
 */
@NullMarked
package io.cartwheel.core.ring;

import org.jspecify.annotations.NullMarked;
