/**
 * Merkle trees (Dynamo §4.7): what a replica holds of a partition, as hashes that two replicas can
 * compare from the root down. Data only, no protocol.
 */
@NullMarked
package io.cartwheel.core.merkle;

import org.jspecify.annotations.NullMarked;
