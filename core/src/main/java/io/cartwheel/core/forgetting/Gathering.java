package io.cartwheel.core.forgetting;

import io.cartwheel.core.coordination.Surroundings;
import io.cartwheel.core.item.ItemKey;
import io.cartwheel.core.membership.ClusterView;
import io.cartwheel.core.merkle.TreeId;
import io.cartwheel.core.message.Message.Forgettable;
import io.cartwheel.core.port.StorageEngine.Address;
import io.cartwheel.core.replica.Replica;
import io.cartwheel.core.replica.ReplicaOutcome;
import io.cartwheel.core.replica.ReplicaService.LossListener;
import io.cartwheel.core.version.VersionSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Looks at some keys of a partition, and finds those of which something can be forgotten now, tree
 * by tree. Keys that can't be looked at, or are too many at once, remain candidates.
 */
final class Gathering {
  private static final int MOST_BYTES = 256 << 10;

  private final Surroundings around;
  private final Replica replica;
  private final ClusterView view;
  private final Candidates candidates;
  private final LossListener losses;
  private final int partition;
  private final Map<TreeId, List<Forgettable>> found = new TreeMap<>();
  private int bytes;

  Gathering(
      Surroundings around,
      Replica replica,
      ClusterView view,
      Candidates candidates,
      LossListener losses,
      int partition) {
    this.around = around;
    this.replica = replica;
    this.view = view;
    this.candidates = candidates;
    this.losses = losses;
    this.partition = partition;
  }

  /** Begins; {@code done} hears what was found. */
  void start(List<ItemKey> keys, Consumer<Map<TreeId, List<Forgettable>>> done) {
    InPieces.work(around.timers(), keys, this::look, () -> done.accept(found));
  }

  private void look(ItemKey key, Runnable done) {
    replica.read(
        new Address(partition, key),
        outcome -> {
          note(key, outcome);
          done.run();
        });
  }

  private void note(ItemKey key, ReplicaOutcome outcome) {
    if (!(outcome instanceof ReplicaOutcome.Held(VersionSet state, long lossMark))) {
      candidates.add(partition, key);
    } else if (lossMark != 0) {
      candidates.add(partition, key);
      losses.lost(key, lossMark);
    } else {
      forgettable(key, state).ifPresent(this::add);
    }
  }

  private Optional<Forgettable> forgettable(ItemKey key, VersionSet state) {
    return Remains.of(view, key, state, around.clock().wallMillis())
        .filter(remains -> Remains.areWorthIt(state, remains))
        .map(remains -> new Forgettable(key, state.hash(), remains.hash()));
  }

  private void add(Forgettable key) {
    bytes += key.key().encoded().length();
    if (bytes > MOST_BYTES) {
      candidates.add(partition, key.key());
      return;
    }
    var tree = new TreeId(partition, view.primariesOf(key.key()).size());
    found.computeIfAbsent(tree, _ -> new ArrayList<>()).add(key);
  }
}
