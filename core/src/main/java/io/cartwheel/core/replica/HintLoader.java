package io.cartwheel.core.replica;

import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.membership.ClusterView;
import io.cartwheel.core.port.StorageEngine;
import io.cartwheel.core.port.StorageEngine.Address;
import io.cartwheel.core.port.StorageEngine.ScanResult;
import io.cartwheel.core.port.StorageEngine.Start;
import io.cartwheel.core.port.Timers;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;

/**
 * Finds, when a shard starts, what it owed before: partition by partition, requests meanwhile. What
 * can't be read holds up nothing else, and is come back to until it can.
 */
public final class HintLoader {
  private static final int BATCH = 500;
  private static final long AGAIN_AFTER_NANOS = 1_000_000_000L;

  private final StorageEngine engine;
  private final Timers timers;
  private final Replica replica;
  private final Supplier<ClusterView> view;
  private final Deque<Place> places = new ArrayDeque<>();
  private final List<Place> failed = new ArrayList<>();
  private boolean done;
  private int untaken;

  /** Where to go on in a partition. */
  private record Place(int partition, Start after) {}

  /**
   * A loader of these partitions' hints.
   *
   * @param partitions those of the shard
   */
  public HintLoader(
      StorageEngine engine,
      Timers timers,
      Replica replica,
      Supplier<ClusterView> view,
      Collection<Integer> partitions) {
    this.engine = engine;
    this.timers = timers;
    this.replica = replica;
    this.view = view;
    partitions.forEach(partition -> places.add(new Place(partition, Start.FIRST)));
  }

  public void start() {
    Place place = places.poll();
    if (place != null) {
      load(place);
    } else if (!failed.isEmpty()) {
      timers.after(AGAIN_AFTER_NANOS, this::comeBack);
    } else {
      done = true;
    }
  }

  /** Whether all that was owed before the start was found. */
  public boolean isDone() {
    return done && untaken == 0;
  }

  private void comeBack() {
    places.addAll(failed);
    failed.clear();
    start();
  }

  private void load(Place place) {
    engine.scanHints(
        place.partition(),
        place.after(),
        BATCH,
        result -> {
          switch (result) {
            case ScanResult.Batch batch -> takeUp(place.partition(), batch);
            case ScanResult.Failed _ -> failed.add(place);
          }
          // Not from within the call: an engine may answer within it, for ever so many.
          timers.after(0, this::start);
        });
  }

  private void takeUp(int partition, ScanResult.Batch batch) {
    batch.entries().forEach(entry -> takeUp(new Address(partition, entry.key()), entry.record()));
    if (!batch.last()) {
      places.addFirst(new Place(partition, new Start.After(batch.entries().getLast().key())));
    }
  }

  private void takeUp(Address address, Bytes hint) {
    boolean keep = view.get().primariesOf(address.key()).contains(view.get().self());
    untaken++;
    replica.takeUp(
        address,
        hint,
        keep,
        taken -> {
          if (taken) {
            untaken--;
          } else {
            timers.after(AGAIN_AFTER_NANOS, () -> takeUpAgain(address, hint));
          }
        });
  }

  private void takeUpAgain(Address address, Bytes hint) {
    untaken--;
    takeUp(address, hint);
  }
}
