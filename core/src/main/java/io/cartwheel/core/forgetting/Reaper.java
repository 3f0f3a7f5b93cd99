package io.cartwheel.core.forgetting;

import io.cartwheel.core.background.Work;
import io.cartwheel.core.coordination.Surroundings;
import io.cartwheel.core.item.ItemKey;
import io.cartwheel.core.membership.BarrierView;
import io.cartwheel.core.membership.ClusterView;
import io.cartwheel.core.membership.FailureDetector.Health;
import io.cartwheel.core.membership.Standing;
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

  /** A batch that came to nothing is not tried again at once: something is in its way. */
  private static final long AGAIN_NANOS = 5_000_000_000L;

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
  private final Map<Integer, Long> restUntilNanos = new LinkedHashMap<>();
  private final Map<Integer, Long> walkedNanos = new LinkedHashMap<>();
  private SortedSet<MemberId> heldUpBy = new TreeSet<>();

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
    long rested = restUntilNanos.getOrDefault(partition, Long.MIN_VALUE);
    return !busy.contains(partition)
        && around.clock().nanos() >= rested
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
    var culprits = new TreeSet<MemberId>();
    candidates.partitions().forEach(partition -> culprits.addAll(absent(partition)));
    for (Batch batch : batches) {
      if (batch.wanted(now) > 0) {
        for (MemberId member : view.get().ring().members()) {
          Standing standing =
              member.equals(view.get().self()) ? now.self() : now.others().get(member);
          if (standing == null
              || standing.reached() < now.self().reached()
              || standing.foreign().lastHeld(batch.partition()) >= standing.reached()
                  && standing.foreign().all() < standing.reached()) {
            culprits.add(member);
          }
        }
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
    freeIfDone(partition);
  }

  /** Keys that are gone by now are found to be no candidates when their turn comes. */
  private void ended(Batch batch) {
    batches.remove(batch);
    batch.keys().forEach(key -> candidates.add(batch.partition(), key));
    freeIfDone(batch.partition());
  }

  private void freeIfDone(int partition) {
    if (batches.stream().noneMatch(batch -> batch.partition() == partition)) {
      busy.remove(partition);
      restUntilNanos.put(partition, around.clock().nanos() + AGAIN_NANOS);
    }
  }
}
