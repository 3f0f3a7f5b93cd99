package io.cartwheel.core.forgetting;

import io.cartwheel.core.background.Work;
import io.cartwheel.core.coordination.Surroundings;
import io.cartwheel.core.item.ItemKey;
import io.cartwheel.core.membership.BarrierView;
import io.cartwheel.core.membership.ClusterView;
import io.cartwheel.core.membership.FailureDetector.Health;
import io.cartwheel.core.merkle.TreeId;
import io.cartwheel.core.message.Message.Forgettable;
import io.cartwheel.core.port.NodeBarriers;
import io.cartwheel.core.replica.Replica;
import io.cartwheel.core.replica.ReplicaService.LossListener;
import io.cartwheel.core.ring.MemberId;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/**
 * Sees to it that what this shard is first owner of is forgotten: takes candidates partition by
 * partition, and brings them in batches through their proof (ADR 15).
 */
final class Reaper {
  private static final long TURN_NANOS = 500_000_000L;

  /** What came to nothing is not tried again at once, and then less and less often. */
  private static final long LEAST_REST_NANOS = 5_000_000_000L;

  private static final long MOST_REST_NANOS = 8 * LEAST_REST_NANOS;

  private static final int MOST_KEYS = 1_000;
  private static final int MOST_UNDER_WAY = 256;

  private final Surroundings around;
  private final Replica replica;
  private final Supplier<ClusterView> view;
  private final NodeBarriers barriers;
  private final Candidates candidates;
  private final LossListener losses;
  private final IntConsumer walks;
  private final long walkEveryNanos;
  private final Set<Batch> batches = new LinkedHashSet<>();
  private final Set<Integer> busy = new LinkedHashSet<>();
  private final Map<Integer, Rest> rests = new LinkedHashMap<>();
  private final Map<Integer, MemberId> refusers = new LinkedHashMap<>();
  private final Map<Integer, Long> walkedNanos = new LinkedHashMap<>();
  private SortedSet<MemberId> heldUpBy = new TreeSet<>();

  private record Rest(long lastingNanos, long untilNanos) {
    static final Rest NONE = new Rest(0, Long.MIN_VALUE);

    Rest longer(long nowNanos) {
      long next = Math.clamp(2 * lastingNanos, LEAST_REST_NANOS, MOST_REST_NANOS);
      return new Rest(next, nowNanos + next);
    }
  }

  /**
   * A reaper.
   *
   * @param losses hears of keys that lost something
   * @param walks has a partition looked through
   * @param walkEveryNanos how often at most, for the sake of what expires
   */
  Reaper(
      Surroundings around,
      Replica replica,
      Supplier<ClusterView> view,
      NodeBarriers barriers,
      Candidates candidates,
      LossListener losses,
      IntConsumer walks,
      long walkEveryNanos) {
    this.around = around;
    this.replica = replica;
    this.view = view;
    this.barriers = barriers;
    this.candidates = candidates;
    this.losses = losses;
    this.walks = walks;
    this.walkEveryNanos = walkEveryNanos;
  }

  void start() {
    around.timers().after(TURN_NANOS, this::turn);
  }

  /** All batches begin anew: what members told no longer holds. */
  void voidProofs() {
    List.copyOf(batches).forEach(Batch::giveUp);
  }

  /** How many keys wait. */
  int waiting() {
    return candidates.count() + batches.stream().mapToInt(Batch::size).sum();
  }

  /** The members because of whom nothing is forgotten just now. */
  SortedSet<MemberId> heldUpBy() {
    return heldUpBy;
  }

  private void turn() {
    start();
    BarrierView now = barriers.view();
    List.copyOf(batches).forEach(batch -> batch.forgetIfProven(now));
    batches.stream().mapToLong(batch -> batch.wanted(now)).max().ifPresent(barriers::want);
    heldUpBy = culprits(now);
    lookThrough(around.clock().nanos());
    for (int partition : candidates.partitions()) {
      if (busy.size() < MOST_UNDER_WAY && mayBegin(partition)) {
        begin(partition);
      }
    }
  }

  private void lookThrough(long now) {
    for (int partition : candidates.toBeLookedThrough()) {
      if (now - walkedNanos.getOrDefault(partition, now - walkEveryNanos) >= walkEveryNanos) {
        walkedNanos.put(partition, now);
        candidates.lookedThrough(partition);
        walks.accept(partition);
      }
    }
  }

  private boolean mayBegin(int partition) {
    Rest rest = rests.getOrDefault(partition, Rest.NONE);
    return !busy.contains(partition)
        && around.clock().nanos() >= rest.untilNanos()
        && !view.get().recovering()
        && absent(partition).isEmpty();
  }

  private List<MemberId> absent(int partition) {
    return view.get().ring().owners(partition).stream()
        .filter(owner -> around.readiness().healthOf(owner) == Health.SUSPECT)
        .toList();
  }

  /** Who has yet to reach the barrier that is waited for, holds hints, or can't confirm. */
  private SortedSet<MemberId> culprits(BarrierView now) {
    var culprits = new TreeSet<MemberId>(refusers.values());
    if (view.get().recovering() && candidates.count() > 0) {
      culprits.add(view.get().self());
    }
    candidates.partitions().forEach(partition -> culprits.addAll(absent(partition)));
    for (Batch batch : batches) {
      if (batch.wanted(now) > 0) {
        culprits.addAll(now.holdingUp(batch.partition(), view.get()));
      }
    }
    return culprits;
  }

  private void begin(int partition) {
    busy.add(partition);
    around
        .background()
        .admit(
            Work.REAPING,
            done -> {
              List<ItemKey> keys = candidates.take(partition, MOST_KEYS);
              new Gathering(around, replica, view.get(), candidates, losses, partition)
                  .start(
                      keys,
                      found -> {
                        done.run();
                        begin(partition, found);
                      });
            });
  }

  private void begin(int partition, Map<TreeId, List<Forgettable>> found) {
    found.forEach((tree, keys) -> {
      List<MemberId> primaries = view.get().ring().owners(partition).subList(0, tree.owners());
      var batch = new Batch(around, tree, primaries, keys, this::ended);
      batches.add(batch);
      batch.start();
    });
    if (found.isEmpty()) {
      refusers.remove(partition);
      rest(partition);
    }
    freeIfDone(partition);
  }

  /** Keys that are gone by now are found to be no candidates when their turn comes. */
  private void ended(Batch batch) {
    int partition = batch.partition();
    batches.remove(batch);
    batch.keys().forEach(key -> candidates.add(partition, key));
    refusers.remove(partition);
    batch.refuser().ifPresent(member -> refusers.put(partition, member));
    if (batch.wasProven()) {
      // What is found gone at its next turn costs a moment.
      rests.remove(partition);
    } else {
      rest(partition);
    }
    freeIfDone(partition);
  }

  private void rest(int partition) {
    Rest before = rests.getOrDefault(partition, Rest.NONE);
    rests.put(partition, before.longer(around.clock().nanos()));
  }

  private void freeIfDone(int partition) {
    if (batches.stream().noneMatch(batch -> batch.partition() == partition)) {
      busy.remove(partition);
    }
  }
}
