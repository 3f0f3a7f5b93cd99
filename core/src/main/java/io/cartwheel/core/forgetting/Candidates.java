package io.cartwheel.core.forgetting;

import io.cartwheel.core.item.ItemKey;
import io.cartwheel.core.membership.ClusterView;
import io.cartwheel.core.port.Clock;
import io.cartwheel.core.port.StorageEngine.Address;
import io.cartwheel.core.replica.RecordListener;
import io.cartwheel.core.version.VersionSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The keys of which something can be forgotten, of which this member is the first owner: it alone
 * sees to it, for all owners must agree anyway.
 *
 * <p>Only so many are kept; partitions with more, and those in which something expires later, are
 * looked through again when it is time.
 */
final class Candidates implements RecordListener {
  static final int MOST = 100_000;

  private final Supplier<ClusterView> view;
  private final Clock clock;
  private final Map<Integer, Set<ItemKey>> byPartition = new LinkedHashMap<>();
  private final Map<Integer, Long> laterMillis = new LinkedHashMap<>();
  private int count;

  Candidates(Supplier<ClusterView> view, Clock clock) {
    this.view = view;
    this.clock = clock;
  }

  @Override
  public void changed(Address address, VersionSet before, VersionSet after) {
    note(address, after);
  }

  @Override
  public void seen(Address address, VersionSet state) {
    note(address, state);
  }

  @Override
  public void uncertain(Address address) {
    // The partition is looked through again, which tells.
  }

  private void note(Address address, VersionSet state) {
    if (!Remains.mayBeWorthIt(state) || !isFirstOwner(address.key())) {
      return;
    }
    long now = clock.wallMillis();
    Optional<VersionSet> remains = Remains.of(view.get(), address.key(), state, now);
    if (remains.isPresent() && Remains.areWorthIt(state, remains.get())) {
      add(address.partition(), address.key());
    }
    state.values().stream()
        .filter(value -> value.content().expires() && !value.isExpiredAt(now))
        .forEach(value -> later(address.partition(), value.content().expiresMillis()));
  }

  private boolean isFirstOwner(ItemKey key) {
    return view.get().primariesOf(key).getFirst().equals(view.get().self());
  }

  /** Puts a key among the others, or has its partition looked through when there are too many. */
  void add(int partition, ItemKey key) {
    if (count >= MOST) {
      later(partition, 0);
    } else if (byPartition.computeIfAbsent(partition, _ -> new LinkedHashSet<>()).add(key)) {
      count++;
    }
  }

  private void later(int partition, long wallMillis) {
    laterMillis.merge(partition, wallMillis, Math::min);
  }

  /** Takes some keys of a partition out. */
  List<ItemKey> take(int partition, int most) {
    Set<ItemKey> all = byPartition.getOrDefault(partition, new LinkedHashSet<>());
    var taken = new ArrayList<ItemKey>();
    for (ItemKey key : all) {
      if (taken.size() == most) {
        break;
      }
      taken.add(key);
    }
    taken.forEach(all::remove);
    if (all.isEmpty()) {
      byPartition.remove(partition);
    }
    count -= taken.size();
    return taken;
  }

  List<Integer> partitions() {
    return List.copyOf(byPartition.keySet());
  }

  int count() {
    return count;
  }

  /** The partitions in which there is more to be found now. */
  List<Integer> toBeLookedThrough() {
    long now = clock.wallMillis();
    return laterMillis.entrySet().stream()
        .filter(each -> each.getValue() <= now)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** A partition is being looked through: what is still to come will be seen. */
  void lookedThrough(int partition) {
    laterMillis.remove(partition);
  }
}
