package io.cartwheel.core.version;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * What a coordinator makes of concurrent versions when it reads or writes; replicas only merge.
 *
 * <p>Each policy keeps the greatest of what it collapses in an order that is the same everywhere,
 * so that two coordinators that collapse different parts never drop each other's choice.
 */
public enum ConflictPolicy {
  /** Every concurrent version stays, for the client to reconcile (Dynamo §4.4). */
  SIBLINGS,
  /**
   * The latest by time, then by dot; the losers of a conflict are dropped by this type's choice.
   */
  LAST_WRITE_WINS;

  private static final Comparator<Sibling> BY_TIME =
      Comparator.comparingLong((Sibling sibling) -> sibling.content().writtenMillis())
          .thenComparing(Comparator.naturalOrder());

  /** The state as clients of the type shall see it, and as a coordinated write stores it. */
  public VersionSet resolve(VersionSet state) {
    if (state.siblings().size() < 2) {
      return state;
    }
    return switch (this) {
      case SIBLINGS -> collapseRetries(state);
      // Not collapsed first: twins differ in time, and two orders in turn are no order.
      case LAST_WRITE_WINS -> {
        Sibling last = Collections.max(state.siblings(), BY_TIME);
        yield state.keeping(sibling -> sibling.equals(last));
      }
    };
  }

  /** Keeps of each request's twins the one with the greatest dot. */
  private static VersionSet collapseRetries(VersionSet state) {
    return state.keeping(sibling -> !hasLaterTwin(sibling, state.siblings()));
  }

  private static boolean hasLaterTwin(Sibling sibling, List<Sibling> all) {
    for (Sibling other : all) {
      if (other.content().isTwinOf(sibling.content()) && other.compareTo(sibling) > 0) {
        return true;
      }
    }
    return false;
  }
}
