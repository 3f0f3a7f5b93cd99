package io.cartwheel.core.forgetting;

import io.cartwheel.core.coordination.Surroundings;
import io.cartwheel.core.item.ItemKey;
import io.cartwheel.core.membership.BarrierView;
import io.cartwheel.core.membership.ClusterView;
import io.cartwheel.core.membership.FailureDetector.Health;
import io.cartwheel.core.membership.Standing;
import io.cartwheel.core.merkle.TreeId;
import io.cartwheel.core.message.Message.Forgettable;
import io.cartwheel.core.port.NodeBarriers;
import io.cartwheel.core.port.StorageEngine.Address;
import io.cartwheel.core.replica.Replica;
import io.cartwheel.core.replica.ReplicaOutcome;
import io.cartwheel.core.ring.MemberId;
import io.cartwheel.core.version.VersionSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
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
  private static final int MOST_BYTES = 256 << 10;
  private static final int MOST_UNDER_WAY = 256;

  private final Surroundings around;
  private final Replica replica;
  private final Supplier<ClusterView> view;
  private final NodeBarriers barriers;
  private final Candidates candidates;
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
   * @param walks has a partition looked through
   * @param walkEveryNanos how often at most, for the sake of what expires
   */
  Reaper(
      Surroundings around,
      Replica replica,
      Supplier<ClusterView> view,
      NodeBarriers barriers,
      Candidates candidates,
      IntConsumer walks,
      long walkEveryNanos) {
    this.around = around;
    this.replica = replica;
    this.view = view;
    this.barriers = barriers;
    this.candidates = candidates;
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
    var trees = new TreeMap<Integer, List<Forgettable>>();
    List<ItemKey> keys = candidates.take(partition, MOST_KEYS);
    var bytes = new int[1];
    InPieces.work(
        around.timers(),
        keys,
        (key, done) ->
            replica.read(
                new Address(partition, key),
                outcome -> {
                  if (outcome instanceof ReplicaOutcome.Held(VersionSet state, long lossMark)
                      && lossMark == 0) {
                    forgettable(key, state)
                        .ifPresent(each -> {
                          bytes[0] += key.encoded().length();
                          if (bytes[0] <= MOST_BYTES) {
                            int owners = view.get().primariesOf(key).size();
                            trees.computeIfAbsent(owners, _ -> new ArrayList<>()).add(each);
                          } else {
                            candidates.add(partition, key);
                          }
                        });
                  } else {
                    candidates.add(partition, key);
                  }
                  done.run();
                }),
        () -> begin(partition, trees));
  }

  private Optional<Forgettable> forgettable(ItemKey key, VersionSet state) {
    return Remains.of(view.get(), key, state, around.clock().wallMillis())
        .filter(remains -> Remains.areWorthIt(state, remains))
        .map(remains -> new Forgettable(key, state.hash(), remains.hash()));
  }

  private void begin(int partition, Map<Integer, List<Forgettable>> trees) {
    var open = new int[] {trees.size()};
    if (trees.isEmpty()) {
      busy.remove(partition);
    }
    trees.forEach((owners, keys) -> {
      List<MemberId> primaries = view.get().ring().owners(partition).subList(0, owners);
      var started = new Batch[1];
      var batch =
          new Batch(
              around,
              new TreeId(partition, owners),
              primaries,
              keys,
              ended -> {
                batches.remove(started[0]);
                again(partition, ended);
                if (--open[0] == 0) {
                  busy.remove(partition);
                }
              });
      started[0] = batch;
      batches.add(batch);
      batch.start();
    });
  }

  /** Those that are gone by now are found to be no candidates when their turn comes. */
  private void again(int partition, List<ItemKey> keys) {
    keys.forEach(key -> candidates.add(partition, key));
    restUntilNanos.put(partition, around.clock().nanos() + AGAIN_NANOS);
  }
}
