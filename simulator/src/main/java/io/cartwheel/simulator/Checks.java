package io.cartwheel.simulator;

import io.cartwheel.core.bucket.Quorum;
import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.item.ItemKey;
import io.cartwheel.core.item.MalformedException;
import io.cartwheel.core.node.Shard;
import io.cartwheel.core.port.Observer;
import io.cartwheel.core.replica.StoredRecord;
import io.cartwheel.core.ring.MemberId;
import io.cartwheel.core.version.Sibling;
import io.cartwheel.core.version.VersionSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The promises, each as a check of what clients were shown and of what is left on disk. */
final class Checks {
  /** From the deadline's last check to the disk: a slow one takes 300 ms. */
  private static final long CARRIED_OUT_WITHIN = 700 * VirtualTime.MILLIS;

  private final World world;
  private final History history;
  private final int owners;

  Checks(World world, History history, int owners) {
    this.world = world;
    this.history = history;
    this.owners = owners;
    world.ledger().onMinted(this::minted);
  }

  /** What was given up is not carried out afterwards, unless it came late to who did it. */
  private void minted(Bytes id) {
    boolean inTime =
        history.find(id).isEmpty()
            || world.time().now() <= history.find(id).get().lastDeadline() + CARRIED_OUT_WITHIN;
    if (!inTime && !world.ledger().everCameLate(id)) {
      world.violations().add("a write was carried out after its deadline");
    }
  }

  /** The last node that is up keeps what it acknowledges, for whomever, and shows it. */
  void lastOneShows(ItemKey key, Bytes id, Optional<Set<Bytes>> visible) {
    boolean shown =
        visible.isPresent()
            && (Cluster.isLatestOnly(key) || history.accountedFor(visible.get(), 0).contains(id));
    if (!shown) {
      world.violations().add("the last node that is up does not show its write of " + name(key));
    }
  }

  /** Whatever is acknowledged is on disk, for W owners by as many nodes, at that very moment. */
  void acknowledged(Write write) {
    if (world.ledger().wasForgotten(write.id())) {
      // All owners had it, before the answer came through.
      return;
    }
    Map<Integer, Set<Integer>> heldFor = new LinkedHashMap<>();
    for (SimNode node : world.nodes()) {
      heldFor.put(node.number(), ownersServed(node, write));
    }
    List<Set<Integer>> holders = heldFor.values().stream().filter(s -> !s.isEmpty()).toList();
    if (world.ledger().losses() == write.lossesBefore()
        && mostMatched(holders, 0, new LinkedHashSet<>()) < write.w()) {
      world.violations().add("an acknowledged write of " + name(write.key()) + " has no quorum");
    }
  }

  /** The owners for whom a node's disk holds the write: itself, or those that it owes it. */
  private Set<Integer> ownersServed(SimNode node, Write write) {
    var served = new LinkedHashSet<Integer>();
    List<MemberId> owners = node.ownersOf(write.key());
    Optional<StoredRecord> record = node.storedRecordOf(write.key());
    if (record.isPresent() && holds(record.get(), write)) {
      owners.stream()
          .filter(owner -> owner.equals(node.id()) || record.get().owed().contains(owner))
          .forEach(owner -> served.add(world.nodeOf(owner).number()));
    }
    return served;
  }

  private boolean holds(StoredRecord record, Write write) {
    return world.ledger().dotsOf(write.id()).stream().anyMatch(record.state().clock()::covers);
  }

  /** The most nodes that can be given an owner of their own, by trying all ways. */
  private static int mostMatched(List<Set<Integer>> holders, int from, Set<Integer> taken) {
    if (from == holders.size()) {
      return 0;
    }
    int best = mostMatched(holders, from + 1, taken);
    for (int owner : holders.get(from)) {
      if (taken.add(owner)) {
        best = Math.max(best, 1 + mostMatched(holders, from + 1, taken));
        taken.remove(owner);
      }
    }
    return best;
  }

  /** What has expired by its coordinator's clock is not shown. */
  void expiry(ItemKey key, VersionSet shown, long wallMillis) {
    if (shown.siblings().stream().anyMatch(sibling -> sibling.isExpiredAt(wallMillis))) {
      world.violations().add("a read of " + name(key) + " shows what has expired");
    }
  }

  /**
   * R + W > N, of owners only: a read shows every write acknowledged before it began, or something
   * whose writer was shown it. Nothing is ever shown that nobody wrote.
   *
   * @param visible the writes that it shows, or covers and leaves out since they have expired
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
    List<Write> due =
        recent.stream()
            .filter(write -> write.isStrict() && write.wasAckedBefore(began))
            .filter(write -> asked + write.w() > owners && !visible.contains(write.id()))
            .toList();
    if (due.isEmpty()) {
      return;
    }
    Set<Bytes> lost =
        idsOf(recent, id -> world.ledger().wasEverLost(id) || world.ledger().wasForgotten(id));
    Set<Bytes> accounted = history.accountedFor(union(visible, lost), recent.getFirst().begunAt());
    for (Write write : due) {
      if (!accounted.contains(write.id())) {
        world.violations().add("a read of " + name(key) + " misses an earlier write");
      }
    }
  }

  /**
   * No acknowledged write is lost, no superseded one is back, no refused one took effect. What a
   * read does not show must have expired, and be on the owners' disks.
   */
  void finalRead(ItemKey key, VersionSet shown, VersionSet held, long wallMillis) {
    expiry(key, shown, wallMillis);
    Set<Bytes> visible = SimClient.ids(shown);
    held.siblings().stream()
        .filter(sibling -> sibling.isExpiredAt(wallMillis))
        .forEach(sibling -> visible.add(sibling.content().requestId()));
    for (Bytes id : visible) {
      // A repetition of it that strayed for long may be carried out after the first was refused.
      if (!history.isPossible(id) && !world.ledger().everCameLate(id)) {
        world.violations().add("a refused write of " + name(key) + " took effect");
      }
    }
    if (Cluster.isLatestOnly(key)) {
      return;
    }
    List<Write> writes = history.writesOf(key);
    Set<Bytes> excused = history.accountedFor(idsOf(writes, world.ledger()::excused), 0);
    Set<Bytes> forgotten = idsOf(writes, world.ledger()::wasForgotten);
    Set<Bytes> accounted = union(excused, history.accountedFor(union(visible, forgotten), 0));
    for (Write write : writes) {
      if (write.isAcked() && !accounted.contains(write.id())) {
        world.violations().add("an acknowledged write of " + name(key) + " is lost");
      }
      if (write.isAcked() && !excused.contains(write.id())) {
        nothingSupersededIsLive(write, held);
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

  static Set<Bytes> union(Set<Bytes> left, Set<Bytes> right) {
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

  /** Whether each shard has found itself equal to all others, since faults have stopped. */
  boolean allIsInSync() {
    return world.nodes().stream()
        .flatMap(node -> node.shards().stream())
        .allMatch(shard -> shard.repairs().inSync() && shard.repairs().differing() == 0);
  }

  void inSync() {
    if (!allIsInSync()) {
      world.violations().add("shards are not in sync though all is calm");
    }
  }

  /** No walk through the records ever found a tree to be another than the one vouched for. */
  void treesToldTheTruth() {
    if (world.probes().counts().containsKey(Observer.Event.TREE_MENDED)) {
      world.violations().add("a tree that was vouched for was not that of the records");
    }
  }

  /** When faults have stopped all primaries of a key hold the same, though nobody has read it. */
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

  /** Whether no owner of the key holds a tombstone alone any more. */
  boolean isForgotten(ItemKey key, List<SimNode> primaries) {
    if (Cluster.isLatestOnly(key)) {
      // It waits for the clocks of all owners to come to the time of what goes.
      return true;
    }
    return primaries.stream()
        .flatMap(node -> node.storedRecordOf(key).stream())
        .map(StoredRecord::state)
        .allMatch(state -> state.isEmpty() || !state.values().isEmpty());
  }

  /** What is deleted is forgotten when all nodes are up, with nobody's help. */
  void forgotten(ItemKey key, List<SimNode> primaries) {
    if (!isForgotten(key, primaries)) {
      world.violations().add("a delete of " + name(key) + " is not forgotten");
    }
  }

  /** When all is calm nobody holds anything for others any more. */
  void nothingOwed(ItemKey key, List<SimNode> primaries) {
    for (SimNode node : world.nodes()) {
      if (!primaries.contains(node) && !node.recordOf(key).isEmpty()) {
        world.violations().add("a stand-in still holds " + name(key));
      }
    }
  }

  /** When all is calm no shard still waits for anything. */
  void nothingUnderWay() {
    for (SimNode node : world.nodes()) {
      for (Shard shard : node.shards()) {
        if (!shard.hints().isEmpty()) {
          world.violations().add("a hint was never handed over");
        }
      }
    }
    if (!isQuiet()) {
      world.violations().add("a shard still waits when all is calm");
    }
  }

  /** No walk ever found a tree that was vouched for to be another. */
  void treesWereRight() {
    if (world.probes().counts().containsKey(Observer.Event.TREE_MENDED)) {
      world.violations().add("a tree was not that of the records");
    }
  }

  boolean isQuiet() {
    return world.nodes().stream()
        .flatMap(node -> node.shards().stream())
        .allMatch(shard -> shard.questionsOpen() == 0 && shard.keysBusy() == 0);
  }

  private static String name(ItemKey key) {
    return key.type().toUtf8() + "/" + key.key().toUtf8();
  }
}
