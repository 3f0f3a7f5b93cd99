/**
 * Versions: who wrote what, having seen what (Dynamo §4.4).
 *
 * <p>The state of a key is a {@link io.cartwheel.core.version.VersionSet}: a version vector that
 * says which writes were seen, and the live siblings among them, each with the dot of its write.
 * Merging is associative, commutative and idempotent, loses nothing that is not covered, and never
 * refuses. Deviation: dotted version vectors whose actors are epochs (ADR 0002, ADR 0003).
 *
 * <p>Invariant: a state whose clock says {@code actor -> n} has seen every write of that actor to
 * this key up to n; so states always travel whole. Everything here is immutable.
 */
@NullMarked
package io.cartwheel.core.version;

import org.jspecify.annotations.NullMarked;
