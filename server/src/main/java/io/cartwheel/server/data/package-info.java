/**
 * The data directory: who this node is, what it may have lost, and that nobody else uses it.
 *
 * <p>A directory in use, of a newer version, or of another node or cluster is refused: serving from
 * it would lose or mix data. All files but the store's are replaced as a whole and fsynced.
 */
@NullMarked
package io.cartwheel.server.data;

import org.jspecify.annotations.NullMarked;
