package io.cartwheel.core.version;

import static io.cartwheel.core.version.Versions.dot;

import io.cartwheel.core.item.Bytes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Tries every order of a few merges, collapses and writes at a few coordinators, and looks for a
 * state of the whole from which a request's versions are gone though nothing superseded them.
 *
 * <p>The last place is a message under way: what some coordinator held a while ago.
 */
final class TwinSearch {
  private final ConflictPolicy policy;
  private final Set<List<Bytes>> known = new LinkedHashSet<>();
  private final ArrayDeque<Places> open = new ArrayDeque<>();

  /** Who holds what, and how many writes may still be made. */
  private record Places(List<VersionSet> states, int writesLeft) {

    Places with(int place, VersionSet state, int writes) {
      var changed = new ArrayList<>(states);
      changed.set(place, state);
      return new Places(List.copyOf(changed), writes);
    }

    VersionSet all() {
      return states.stream().reduce(VersionSet.EMPTY, VersionSet::merge);
    }
  }

  TwinSearch(ConflictPolicy policy) {
    this.policy = policy;
  }

  /**
   * The first state of the whole without any version, or empty if there is none.
   *
   * @param beginnings what each coordinator holds at first
   * @param writes how many blind writes may be made
   */
  List<VersionSet> allLost(List<VersionSet> beginnings, String requestId, int writes) {
    var states = new ArrayList<>(beginnings);
    states.add(VersionSet.EMPTY);
    reach(new Places(List.copyOf(states), writes));
    while (!open.isEmpty()) {
      Places here = open.remove();
      if (here.all().siblings().stream().noneMatch(live -> isOf(requestId, live))) {
        return here.states();
      }
      expand(here);
    }
    return List.of();
  }

  int statesSearched() {
    return known.size();
  }

  private static boolean isOf(String requestId, Sibling live) {
    return live.content().requestId().equals(Bytes.utf8(requestId));
  }

  private void expand(Places here) {
    int message = here.states().size() - 1;
    for (int at = 0; at < message; at++) {
      VersionSet state = here.states().get(at);
      for (int from = 0; from <= message; from++) {
        reach(here.with(at, state.merge(here.states().get(from)), here.writesLeft()));
      }
      reach(here.with(at, policy.resolve(state), here.writesLeft()));
      reach(here.with(message, state, here.writesLeft()));
      if (here.writesLeft() > 0) {
        var written = new Sibling(dot(100 + at, here.writesLeft()), Versions.value("other"));
        VersionSet after = policy.resolve(state.update(VersionVector.EMPTY, written));
        reach(here.with(at, after, here.writesLeft() - 1));
      }
    }
  }

  private void reach(Places places) {
    var name = new ArrayList<>(places.states().stream().map(VersionSet::encoded).toList());
    name.add(Bytes.utf8("writes left: " + places.writesLeft()));
    if (known.add(name)) {
      open.add(places);
    }
  }
}
