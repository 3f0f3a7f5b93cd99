package io.cartwheel.core.antientropy;

import io.cartwheel.core.background.Work;
import io.cartwheel.core.coordination.Surroundings;
import io.cartwheel.core.merkle.MerkleTree;
import io.cartwheel.core.port.Observer;
import io.cartwheel.core.port.StorageEngine;
import io.cartwheel.core.replica.Replica;
import io.cartwheel.core.replica.ReplicaService.LossListener;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;

/**
 * Walks through a shard's partitions, one at a time: through those whose trees are missing or in
 * doubt at once, through all of them now and then, so that what rots on the disk is found while
 * other replicas still have it.
 */
final class Scrub {
  /** After a walk that came to nothing: the disk may be in trouble. */
  private static final long AFTER_FAILURE_NANOS = 1_000_000_000L;

  private final Surroundings around;
  private final PartitionWalk.Around walks;
  private final long everyNanos;
  private final LinkedHashSet<Integer> due = new LinkedHashSet<>();
  private boolean started;
  private boolean walking;
  private long walked;

  Scrub(
      Surroundings around,
      StorageEngine engine,
      Replica replica,
      Trees trees,
      LossListener losses,
      long everyNanos) {
    this.around = around;
    this.everyNanos = everyNanos;
    PartitionWalk.Pauses pauses = next -> around.background().admit(Work.WALKS, next);
    walks = new PartitionWalk.Around(engine, replica, trees, pauses, losses);
  }

  /**
   * Begins with all partitions whose trees are missing, looks at those too whose trees outlived a
   * stop, and goes on for ever.
   */
  void start() {
    started = true;
    walks.trees().partitions().stream()
        .filter(partition -> !walks.trees().isVouched(partition))
        .forEach(due::add);
    due.addAll(walks.trees().partitions());
    next();
    again();
  }

  private void again() {
    around
        .timers()
        .after(
            everyNanos,
            () -> {
              due.addAll(walks.trees().partitions());
              next();
              again();
            });
  }

  /** This partition's trees are to be made anew. */
  void soon(int partition) {
    due.add(partition);
    if (started) {
      around.background().admit(Work.WALKS, this::next);
    }
  }

  /** How many partitions this shard has walked through since its start. */
  long walked() {
    return walked;
  }

  private void next() {
    if (walking || due.isEmpty()) {
      return;
    }
    int partition = due.removeFirst();
    walking = true;
    new PartitionWalk(walks, partition, made -> ended(partition, made)).start();
  }

  private void ended(int partition, Optional<Map<Integer, MerkleTree>> made) {
    walking = false;
    if (walks.trees().ended(partition, made)) {
      around.observer().count(Observer.Event.TREE_MENDED);
    }
    if (made.isPresent()) {
      walked++;
      around.background().admit(Work.WALKS, this::next);
    } else {
      due.add(partition);
      around.timers().after(AFTER_FAILURE_NANOS, this::next);
    }
  }
}
