package io.cartwheel.core.membership;

import io.cartwheel.core.ring.MemberId;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a node knows of all members' barriers: a snapshot.
 *
 * @param self this node's
 * @param others the other members' as they were last heard of
 * @param members how many there are, this one included
 */
public record BarrierView(Standing self, SortedMap<MemberId, Standing> others, int members) {
  public BarrierView {
    others = Collections.unmodifiableSortedMap(new TreeMap<>(others));
  }

  /** The barrier that a member told that it had reached; 0 if it told nothing. */
  public long reachedBy(MemberId member) {
    Standing known = others.get(member);
    return known == null ? 0 : known.reached();
  }

  /** The barrier that all members have reached, as far as this node has heard. */
  public long reachedByAll() {
    return others.size() + 1 < members
        ? 0
        : others.values().stream().mapToLong(Standing::reached).reduce(self.reached(), Math::min);
  }

  /** When a member told how it stands, the number of its start then; 0 if it told nothing. */
  public long startOf(MemberId member, MemberId selfId) {
    Standing known = member.equals(selfId) ? self : others.get(member);
    return known == null ? 0 : known.start();
  }

  /** The members that a proof about the partition waits for. */
  public List<MemberId> holdingUp(int partition, ClusterView view) {
    return view.ring().members().stream()
        .filter(member -> {
          Standing standing = member.equals(view.self()) ? self : others.get(member);
          return standing == null || standing.holdsUp(partition, self.reached());
        })
        .toList();
  }

  /**
   * The barrier of which {@link #provenSince} will be true first, if nobody holds anything of the
   * partition for others from now on.
   */
  public long provenFrom(int partition, long confirmed) {
    long from = Math.max(confirmed + 2, self.foreign().lastHeld(partition) + 1);
    for (Standing each : others.values()) {
      from = Math.max(from, each.foreign().lastHeld(partition) + 1);
    }
    return from;
  }

  /**
   * Whether nothing older than what its primaries confirmed exists any more of a partition (ADR
   * 15): all members have gone from a barrier after the confirmation to the second next one, and
   * held nothing of the partition for others meanwhile.
   *
   * @param confirmed the latest barrier that a primary had reached when it confirmed
   * @return the barrier of which that is true; empty: of none yet
   */
  public Optional<Long> provenSince(int partition, long confirmed) {
    long from = provenFrom(partition, confirmed);
    return reachedByAll() >= from + 1 ? Optional.of(from) : Optional.empty();
  }
}
