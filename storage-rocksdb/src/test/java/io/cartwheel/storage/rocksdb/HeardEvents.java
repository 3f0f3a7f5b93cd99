package io.cartwheel.storage.rocksdb;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what a store told. */
final class HeardEvents implements StoreListener {
  final List<Duration> syncs = new CopyOnWriteArrayList<>();
  final List<String> failures = new CopyOnWriteArrayList<>();
  final List<String> fullDisks = new CopyOnWriteArrayList<>();
  final List<String> rooms = new CopyOnWriteArrayList<>();
  final List<String> quarantines = new CopyOnWriteArrayList<>();

  @Override
  public void synced(Duration took) {
    syncs.add(took);
  }

  @Override
  public void failed(String reason) {
    failures.add(reason);
  }

  @Override
  public void full(String reason) {
    fullDisks.add(reason);
  }

  @Override
  public void roomAgain() {
    rooms.add("room again");
  }

  @Override
  public void quarantined() {
    quarantines.add("quarantined");
  }
}
