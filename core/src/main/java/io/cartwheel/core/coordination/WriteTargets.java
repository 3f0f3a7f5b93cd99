package io.cartwheel.core.coordination;

import io.cartwheel.core.ring.MemberId;
import io.cartwheel.core.ring.PreferenceList;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who keeps a write for which of its owners (Dynamo §4.6): each owner that answers for itself; for
 * each other one the next healthy member of the preference list, named with the owner it stands in
 * for; where those run out, one of them for several owners, and where there is none, the
 * coordinator.
 */
final class WriteTargets {
  private final List<MemberId> askedOwners = new ArrayList<>();
  private final List<MemberId> ownOwed = new ArrayList<>();
  private final Map<MemberId, List<MemberId>> standIns = new LinkedHashMap<>();
  private final Deque<MemberId> spare = new ArrayDeque<>();

  /**
   * Decides for a write.
   *
   * @param reached the members that can be asked; only owners among them unless the quorum is
   *     sloppy
   */
  WriteTargets(MemberId self, PreferenceList list, Set<MemberId> reached) {
    list.members().stream()
        .skip(list.owners())
        .filter(member -> !member.equals(self) && reached.contains(member))
        .forEach(spare::add);
    var missing = new ArrayDeque<MemberId>();
    for (MemberId owner : list.primaries()) {
      if (!owner.equals(self)) {
        (reached.contains(owner) ? askedOwners : missing).add(owner);
      }
    }
    if (!list.isPrimary(self)) {
      // The coordinator holds the write in any case, so it is the first to stand in.
      ownOwed.add(missing.isEmpty() ? askedOwners.getLast() : missing.remove());
    }
    missing.forEach(this::assign);
  }

  private void assign(MemberId owner) {
    MemberId next = spare.poll();
    if (next != null) {
      standIns.computeIfAbsent(next, _ -> new ArrayList<>()).add(owner);
    } else if (standIns.isEmpty()) {
      ownOwed.add(owner);
    } else {
      leastBurdened().add(owner);
    }
  }

  private List<MemberId> leastBurdened() {
    return standIns.values().stream().min(Comparator.comparingInt(List::size)).orElseThrow();
  }

  /** The owners, other than the coordinator, that are asked for themselves. */
  List<MemberId> askedOwners() {
    return askedOwners;
  }

  /** For whom the coordinator keeps the write from the start. */
  List<MemberId> ownOwed() {
    return ownOwed;
  }

  /** For whom it keeps it when it can't keep hints. */
  void oweNobody() {
    ownOwed.clear();
  }

  /** Who else is asked from the start, and for whom. */
  Map<MemberId, List<MemberId>> standIns() {
    return standIns;
  }

  /** Somebody healthy that was not asked yet. */
  Optional<MemberId> nextStandIn() {
    return Optional.ofNullable(spare.poll());
  }

  boolean hasSpare() {
    return !spare.isEmpty();
  }
}
