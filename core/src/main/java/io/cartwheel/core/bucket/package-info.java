/**
 * Bucket types: the configuration that items share (Dynamo §2.3 and §6: each service trades N, R, W
 * for itself). Immutable.
 */
@NullMarked
package io.cartwheel.core.bucket;

import org.jspecify.annotations.NullMarked;
