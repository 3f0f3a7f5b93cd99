package io.cartwheel.core.coordination;

import io.cartwheel.core.membership.FailureDetector.Health;
import io.cartwheel.core.ring.MemberId;
import io.cartwheel.core.ring.PreferenceList;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Whom a read asks, in this order: owners that answer, the soonest first; a stand-in for each that
 * does not, healthy ones as they come in the preference list (Dynamo §4.6); at last the owners that
 * are suspected, for a suspicion may be wrong.
 */
final class ReadTargets {
  private final Deque<Target> first = new ArrayDeque<>();
  private final Deque<MemberId> standIns = new ArrayDeque<>();
  private final Deque<Target> last = new ArrayDeque<>();

  ReadTargets(Readiness readiness, PreferenceList list, boolean sloppy) {
    if (sloppy) {
      list.members().stream()
          .skip(list.owners())
          .filter(readiness::isHealthy)
          .forEach(standIns::add);
    }
    var missing = new ArrayDeque<MemberId>();
    for (MemberId owner : readiness.order(list.primaries())) {
      if (readiness.healthOf(owner) == Health.SUSPECT) {
        missing.add(owner);
        last.add(Target.owner(owner));
      } else {
        first.add(Target.owner(owner));
      }
    }
    missing.forEach(owner -> standInFor(owner).ifPresent(first::add));
  }

  /** The next one to ask. */
  Optional<Target> next() {
    return Optional.ofNullable(first.isEmpty() ? last.poll() : first.poll());
  }

  /** The next one to ask of those there is no doubt about. */
  Optional<Target> nextHealthy() {
    return Optional.ofNullable(first.poll());
  }

  /** Somebody not asked yet who may hold what is kept for an owner. */
  Optional<Target> standInFor(MemberId owner) {
    return Optional.ofNullable(standIns.poll()).map(member -> new Target(member, owner));
  }

  /** An owner that was asked can't answer: somebody else is worth asking in its place. */
  void replace(MemberId owner) {
    standInFor(owner).ifPresent(first::add);
  }

  boolean hasHealthy() {
    return !first.isEmpty();
  }

  boolean isEmpty() {
    return first.isEmpty() && last.isEmpty();
  }

  /** All that are left, for counting what may yet be had. */
  List<Target> left() {
    var left = new ArrayList<>(first);
    left.addAll(last);
    return left;
  }
}
