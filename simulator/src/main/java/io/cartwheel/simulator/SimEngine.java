package io.cartwheel.simulator;

import static io.cartwheel.simulator.VirtualTime.MICROS;
import static io.cartwheel.simulator.VirtualTime.MILLIS;
import static io.cartwheel.simulator.VirtualTime.SECONDS;

import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.port.StorageEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * A shard's view of its node's disk, for one life of its process: answers late, sometimes within
 * the call, sometimes not at all because the process died meanwhile; fails as the faults have it.
 */
final class SimEngine implements StorageEngine {
  private final SimDisk disk;
  private final Life life;
  private final SplittableRandom random;
  private final FaultMix faults;
  private final List<Change> underWay = new ArrayList<>();
  private long stalledUntil = Long.MIN_VALUE;

  /** A change of the disk; returns how it went. */
  private interface Change {
    WriteResult apply();
  }

  SimEngine(SimDisk disk, Life life, SplittableRandom random, FaultMix faults) {
    this.disk = disk;
    this.life = life;
    this.random = random;
    this.faults = faults;
  }

  @Override
  public void read(Address address, Consumer<ReadResult> done) {
    if (faults.strikes(Fault.DISK_ERROR, 0.001, random)) {
      life.after(latency(), () -> done.accept(new ReadResult.Failed("injected")));
    } else if (random.nextBoolean()) {
      done.accept(disk.read(address));
    } else {
      life.after(readLatency(), () -> done.accept(disk.read(address)));
    }
  }

  @Override
  public void write(Address address, Bytes record, Consumer<WriteResult> done) {
    change(() -> disk.write(address, record), done);
  }

  @Override
  public void commit(
      Address address, Optional<Bytes> record, Optional<Bytes> hint, Consumer<WriteResult> done) {
    change(() -> disk.commit(address, record, hint), done);
  }

  private void change(Change change, Consumer<WriteResult> done) {
    if (faults.strikes(Fault.DISK_ERROR, 0.001, random)) {
      boolean takesEffect = random.nextBoolean();
      life.after(
          latency(),
          () -> {
            if (takesEffect) {
              change.apply();
            }
            done.accept(new WriteResult.Failed("injected"));
          });
      return;
    }
    underWay.add(change);
    life.outside(
        latency(),
        () -> {
          underWay.remove(change);
          WriteResult result = change.apply();
          life.run(() -> done.accept(result));
        });
  }

  /** The process dies: writes that nobody was told of yet may or may not have happened. */
  void die() {
    for (Change change : underWay) {
      if (random.nextBoolean()) {
        change.apply();
      }
    }
    underWay.clear();
  }

  @Override
  public void quarantine(Address address, Bytes replacement, Consumer<WriteResult> done) {
    change(() -> disk.quarantine(address, replacement), done);
  }

  @Override
  public void scan(int partition, Start after, int limit, Consumer<ScanResult> done) {
    scan(() -> disk.scan(partition, after, limit, done), done);
  }

  @Override
  public void scanHints(int partition, Start after, int limit, Consumer<ScanResult> done) {
    scan(() -> disk.scanHints(partition, after, limit, done), done);
  }

  private void scan(Runnable scan, Consumer<ScanResult> done) {
    boolean fails = faults.strikes(Fault.DISK_ERROR, 0.001, random);
    life.after(latency(), fails ? () -> done.accept(new ScanResult.Failed("injected")) : scan);
  }

  @Override
  public void sync(Consumer<WriteResult> done) {
    if (faults.strikes(Fault.DISK_ERROR, 0.01, random)) {
      life.after(latency(), () -> done.accept(new WriteResult.Failed("injected")));
      return;
    }
    life.outside(
        latency(),
        () -> {
          disk.sync();
          life.run(() -> done.accept(new WriteResult.Written()));
        });
  }

  @Override
  public void drop(int partition, Consumer<WriteResult> done) {
    life.after(latency(), () -> disk.drop(partition, done));
  }

  /** Whether anything asked of it was held back at that time or later. */
  boolean wasStalledSince(long nanos) {
    return stalledUntil >= nanos;
  }

  /** A slow disk stalls a read for longer than many a request has time. */
  private long readLatency() {
    boolean stalls = faults.strikes(Fault.SLOW_DISK, 0.003, random);
    return stalls ? stall(random.nextLong(4 * SECONDS)) : latency();
  }

  private long latency() {
    long usual = (5 + random.nextInt(200)) * MICROS;
    return faults.strikes(Fault.SLOW_DISK, 0.01, random)
        ? stall(usual + random.nextInt(300) * MILLIS)
        : usual;
  }

  private long stall(long nanos) {
    stalledUntil = Math.max(stalledUntil, life.now() + nanos);
    return nanos;
  }
}
