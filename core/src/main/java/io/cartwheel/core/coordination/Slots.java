package io.cartwheel.core.coordination;

import io.cartwheel.core.ring.MemberId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which members hold a write for which of its N owners, and what quorum that makes (Dynamo §4.6).
 *
 * <p>A quorum counts distinct members, each for an owner of its own: a member that holds the write
 * for several owners counts once, and an owner whose stand-in took it before it did itself counts
 * once. That is a maximum matching between members and owners.
 */
final class Slots {
  private final Map<MemberId, Set<MemberId>> held = new LinkedHashMap<>();
  private boolean anyStandIn;

  /** A member holds the write for these owners; itself among them if it is one. */
  void holds(MemberId member, List<MemberId> owners) {
    held.computeIfAbsent(member, _ -> new LinkedHashSet<>(2)).addAll(owners);
    anyStandIn |= owners.size() > 1 || !owners.contains(member);
  }

  boolean isHeldFor(MemberId owner) {
    return held.values().stream().anyMatch(owners -> owners.contains(owner));
  }

  /** How many distinct members hold it. */
  int members() {
    return held.size();
  }

  /** How many owners hold it themselves. */
  int primaries() {
    return (int) held.entrySet().stream().filter(e -> e.getValue().contains(e.getKey())).count();
  }

  /** The quorum that this makes. */
  int matched() {
    return anyStandIn ? matchedWith(Collections.emptyMap()) : held.size();
  }

  /** The quorum that it would make if these members came to hold it too. */
  int matchedWith(Map<MemberId, List<MemberId>> more) {
    Map<MemberId, Set<MemberId>> all = new LinkedHashMap<>(held);
    more.forEach((member, owners) -> {
      var both = new LinkedHashSet<>(all.getOrDefault(member, Collections.emptySet()));
      both.addAll(owners);
      all.put(member, both);
    });
    Map<MemberId, MemberId> holderOf = new LinkedHashMap<>();
    int matched = 0;
    for (MemberId member : all.keySet()) {
      matched += finds(member, all, holderOf, new ArrayList<>()) ? 1 : 0;
    }
    return matched;
  }

  /** Looks for an owner that is free, or whose present holder can take another. */
  private static boolean finds(
      MemberId member,
      Map<MemberId, Set<MemberId>> all,
      Map<MemberId, MemberId> holderOf,
      List<MemberId> tried) {
    for (MemberId owner : all.getOrDefault(member, Collections.emptySet())) {
      if (tried.contains(owner)) {
        continue;
      }
      tried.add(owner);
      MemberId holder = holderOf.get(owner);
      if (holder == null || finds(holder, all, holderOf, tried)) {
        holderOf.put(owner, member);
        return true;
      }
    }
    return false;
  }
}
