package io.cartwheel.simulator;

import io.cartwheel.core.bucket.Quorum;
import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.item.ItemKey;
import io.cartwheel.core.item.MalformedException;
import io.cartwheel.core.node.Shard;
import io.cartwheel.core.replica.StoredRecord;
import io.cartwheel.core.version.Sibling;
import io.cartwheel.core.version.VersionSet;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** The promises, each as a check of what clients were shown and of what is left on disk. */
final class Checks {
  private final World world;
  private final History history;
  private final int owners;

  Checks(World world, History history, int owners) {
    this.world = world;
    this.history = history;
    this.owners = owners;
  }

  /**
   * R + W > N: a read shows every write acknowledged before it began, or something whose writer was
   * shown it. Nothing is ever shown that nobody wrote.
   */
  void read(ItemKey key, Set<Bytes> visible, Quorum r, long began) {
    for (Bytes id : visible) {
      if (!history.knows(id)) {
        world.violations().add("a read of " + name(key) + " shows what nobody wrote");
      }
    }
    if (Cluster.isLatestOnly(key)) {
      return;
    }
    int asked = r.among(owners, Quorum.QUORUM);
    List<Write> recent = history.recentWritesOf(key);
    Set<Bytes> lost = idsOf(recent, world.ledger()::wasEverLost);
    long since = recent.isEmpty() ? 0 : recent.getFirst().begunAt();
    Set<Bytes> accounted = history.accountedFor(union(visible, lost), since);
    for (Write write : recent) {
      if (write.wasAckedBefore(began)
          && asked + write.w() > owners
          && !accounted.contains(write.id())) {
        world.violations().add("a read of " + name(key) + " misses an earlier write");
      }
    }
  }

  /** No acknowledged write is lost, no superseded one is back, no refused one took effect. */
  void finalRead(ItemKey key, VersionSet state) {
    Set<Bytes> visible = SimClient.ids(state);
    for (Bytes id : visible) {
      if (!history.isPossible(id)) {
        world.violations().add("a refused write of " + name(key) + " took effect");
      }
    }
    if (Cluster.isLatestOnly(key)) {
      return;
    }
    List<Write> writes = history.writesOf(key);
    Set<Bytes> excused = history.accountedFor(idsOf(writes, world.ledger()::excused), 0);
    Set<Bytes> accounted = union(excused, history.accountedFor(visible, 0));
    for (Write write : writes) {
      if (write.isAcked() && !accounted.contains(write.id())) {
        world.violations().add("an acknowledged write of " + name(key) + " is lost");
      }
      if (write.isAcked() && !excused.contains(write.id())) {
        nothingSupersededIsLive(write, state);
      }
    }
  }

  private static Set<Bytes> idsOf(List<Write> writes, Predicate<Bytes> which) {
    var chosen = new LinkedHashSet<Bytes>();
    for (Write write : writes) {
      if (write.isPossible() && which.test(write.id())) {
        chosen.add(write.id());
      }
    }
    return chosen;
  }

  private static Set<Bytes> union(Set<Bytes> left, Set<Bytes> right) {
    var both = new LinkedHashSet<>(left);
    both.addAll(right);
    return both;
  }

  private void nothingSupersededIsLive(Write write, VersionSet state) {
    for (Sibling sibling : state.siblings()) {
      if (write.shown().seen().covers(sibling.dot())) {
        world.violations().add("a superseded write of " + name(write.key()) + " is back");
      }
    }
  }

  /** When faults have stopped and each key was read, all its primaries hold the same. */
  void converged(ItemKey key, List<SimNode> primaries) {
    var states = new ArrayList<VersionSet>();
    for (SimNode node : primaries) {
      try {
        Bytes record = node.recordOf(key);
        states.add(record.isEmpty() ? VersionSet.EMPTY : StoredRecord.decode(record).state());
      } catch (MalformedException e) {
        world.violations().add("a damaged record of " + name(key) + " is still in place");
      }
    }
    if (states.stream().distinct().count() > 1) {
      world.violations().add("replicas of " + name(key) + " differ");
    }
  }

  /** When all is calm no shard still waits for anything. */
  void nothingUnderWay() {
    for (SimNode node : world.nodes()) {
      for (Shard shard : node.shards()) {
        if (shard.questionsOpen() > 0 || shard.keysBusy() > 0) {
          world.violations().add("a shard still waits when all is calm");
        }
      }
    }
  }

  private static String name(ItemKey key) {
    return key.type().toUtf8() + "/" + key.key().toUtf8();
  }
}
