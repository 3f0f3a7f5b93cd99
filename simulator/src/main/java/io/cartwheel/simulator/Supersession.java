package io.cartwheel.simulator;

import io.cartwheel.core.bucket.Quorum;
import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.item.ItemKey;
import io.cartwheel.core.version.Sibling;
import io.cartwheel.core.version.VersionSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Checks that what was written over, or deleted, does not come back: neither to readers that must
 * have met the later write, nor on any owner's disk at last.
 *
 * <p>By dots, not by writes: another attempt at a write may have a dot that nobody wrote over.
 */
final class Supersession {
  private final World world;
  private final History history;
  private final int owners;

  Supersession(World world, History history, int owners) {
    this.world = world;
    this.history = history;
    this.owners = owners;
  }

  /**
   * R + W > N, of owners only: a read meets each write that was acknowledged before it began, and
   * shows nothing that one of them superseded.
   */
  void read(ItemKey key, VersionSet shown, Quorum r, long began) {
    int asked = r.among(owners, Quorum.QUORUM);
    List<Write> met =
        history.recentWritesOf(key).stream()
            .filter(write -> write.isStrict() && write.wasAckedBefore(began))
            .filter(write -> asked + write.w() > owners)
            .toList();
    if (shows(met, shown) && shows(withoutLost(key, met), shown)) {
      world.violations().add("a read shows again what an earlier write superseded");
    }
  }

  /** No owner's disk shows what any acknowledged write superseded, though nobody has read it. */
  void atLast(ItemKey key, List<SimNode> primaries) {
    List<Write> acked = history.writesOf(key).stream().filter(Write::isAcked).toList();
    for (SimNode node : primaries) {
      VersionSet held = node.storedStateOf(key);
      if (shows(acked, held) && shows(withoutLost(key, acked), held)) {
        world.violations().add("a superseded write is back on an owner's disk");
      }
    }
  }

  private static boolean shows(List<Write> later, VersionSet state) {
    for (Sibling sibling : state.siblings()) {
      for (Write write : later) {
        if (write.shown().seen().covers(sibling.dot())) {
          return true;
        }
      }
    }
    return false;
  }

  /**
   * Those that no disk ever lost, nor anything that was written over them. Where time decides,
   * nobody knows what was written over what.
   */
  private List<Write> withoutLost(ItemKey key, List<Write> writes) {
    if (Cluster.isLatestOnly(key) && world.ledger().losses() > 0) {
      return List.of();
    }
    Set<Bytes> lost = new LinkedHashSet<>();
    for (Write write : history.writesOf(key)) {
      if (world.ledger().wasEverLost(write.id())) {
        lost.add(write.id());
      }
    }
    Set<Bytes> doubtful = history.accountedFor(lost, 0);
    return writes.stream().filter(write -> !doubtful.contains(write.id())).toList();
  }
}
