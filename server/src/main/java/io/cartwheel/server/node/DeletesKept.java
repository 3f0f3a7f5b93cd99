package io.cartwheel.server.node;

import io.cartwheel.core.ring.MemberId;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a node has yet to forget of what was deleted or has expired: of the keys that it is the
 * first owner of.
 *
 * @param keys how many
 * @param heldUpBy the members because of whom nothing is forgotten just now
 * @param barrier the last one that this node has reached
 */
public record DeletesKept(long keys, SortedSet<MemberId> heldUpBy, long barrier) {
  public static final DeletesKept NONE = new DeletesKept(0, Collections.emptySortedSet(), 0);

  public DeletesKept {
    heldUpBy = Collections.unmodifiableSortedSet(new TreeSet<>(heldUpBy));
  }
}
