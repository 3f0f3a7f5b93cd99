package io.cartwheel.cli.demo.shopping;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What happened to one cart as its shoppers saw it: what each write covered, which were
 * acknowledged, which were seen. Safe from any thread.
 */
final class Journal {
  private final String cart;
  private final Map<String, Attempt> attempts = new HashMap<>();
  private final Set<String> acknowledged = new HashSet<>();
  private final Set<String> seen = new HashSet<>();
  private int shoppers;

  /**
   * A write that was tried.
   *
   * @param id the version written
   * @param covered the versions that its context covers
   * @param tag of the thing that it adds or removes
   */
  record Attempt(String id, List<Stored.Name> covered, String tag, boolean adds) {
    Attempt {
      covered = List.copyOf(covered);
    }
  }

  /**
   * What an audit found.
   *
   * @param lost acknowledged versions that are gone though no write covered them
   * @param resurrected versions that are back though a write covered them
   * @param thingsLost acknowledged additions that the merged cart knows nothing of
   * @param thingsBack acknowledged removals that the merged cart does not know
   */
  record Verdict(int lost, int resurrected, int thingsLost, int thingsBack) {
    static final Verdict NONE = new Verdict(0, 0, 0, 0);

    Verdict plus(Verdict other) {
      return new Verdict(
          lost + other.lost,
          resurrected + other.resurrected,
          thingsLost + other.thingsLost,
          thingsBack + other.thingsBack);
    }

    boolean isClean() {
      return equals(NONE);
    }
  }

  Journal(String cart) {
    this.cart = cart;
  }

  String cart() {
    return cart;
  }

  synchronized int size() {
    return attempts.size();
  }

  synchronized void enter() {
    shoppers++;
  }

  synchronized void leave() {
    shoppers--;
  }

  synchronized boolean isDeserted() {
    return shoppers == 0;
  }

  synchronized void trying(Attempt attempt) {
    attempts.put(attempt.id(), attempt);
  }

  synchronized void acknowledged(String id) {
    acknowledged.add(id);
  }

  synchronized void seen(List<Stored> versions) {
    versions.forEach(version -> seen.add(version.cart().id()));
  }

  /**
   * Compares with what a read of all replicas shows in the end.
   *
   * <p>A write that nobody acknowledged but somebody saw did happen, and what it covered is
   * covered. Of a version that was stored twice, only the copy that was covered may not show again.
   */
  synchronized Verdict audit(List<Stored> last) {
    var visible = new HashSet<String>();
    last.forEach(version -> visible.add(version.cart().id()));
    var happened = new HashSet<>(acknowledged);
    happened.addAll(seen);
    happened.addAll(visible);
    var covered = new HashSet<Stored.Name>();
    for (Attempt attempt : attempts.values()) {
      if (happened.contains(attempt.id())) {
        covered.addAll(attempt.covered());
      }
    }
    Cart merged = Cart.merged(Stored.carts(last));
    int thingsLost = 0;
    int thingsBack = 0;
    for (Attempt attempt : attempts.values()) {
      if (!acknowledged.contains(attempt.id())) {
        continue;
      }
      if (attempt.adds() && !merged.knows(attempt.tag())) {
        thingsLost++;
      } else if (!attempt.adds() && !merged.removed().contains(attempt.tag())) {
        thingsBack++;
      }
    }
    var coveredIds = new HashSet<String>();
    covered.forEach(name -> coveredIds.add(name.id()));
    int lost = count(acknowledged, id -> !visible.contains(id) && !coveredIds.contains(id));
    int resurrected = count(Stored.names(last), covered::contains);
    return new Verdict(lost, resurrected, thingsLost, thingsBack);
  }

  private static <T> int count(Collection<T> all, Predicate<T> test) {
    return (int) all.stream().filter(test).count();
  }
}
