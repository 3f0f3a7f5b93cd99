package io.cartwheel.simulator;

import static io.cartwheel.simulator.VirtualTime.MICROS;
import static io.cartwheel.simulator.VirtualTime.MILLIS;

import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.port.StorageEngine;
import java.util.ArrayList;
import java.util.List;
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
  private final List<Runnable> underWay = new ArrayList<>();

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
      life.after(latency(), () -> done.accept(disk.read(address)));
    }
  }

  @Override
  public void write(Address address, Bytes record, Consumer<WriteResult> done) {
    if (faults.strikes(Fault.DISK_ERROR, 0.001, random)) {
      boolean tookEffect = random.nextBoolean();
      life.after(
          latency(),
          () -> {
            if (tookEffect) {
              disk.write(address, record);
            }
            done.accept(new WriteResult.Failed("injected"));
          });
      return;
    }
    Runnable write = () -> disk.write(address, record);
    underWay.add(write);
    life.after(
        latency(),
        () -> {
          underWay.remove(write);
          write.run();
          done.accept(new WriteResult.Written());
        });
  }

  /** The process dies: writes that nobody was told of yet may or may not have happened. */
  void die() {
    for (Runnable write : underWay) {
      if (random.nextBoolean()) {
        write.run();
      }
    }
    underWay.clear();
  }

  @Override
  public void quarantine(Address address, Bytes replacement, Consumer<WriteResult> done) {
    write(address, replacement, done);
  }

  @Override
  public void scan(int partition, Start after, int limit, Consumer<ScanResult> done) {
    life.after(latency(), () -> disk.scan(partition, after, limit, done));
  }

  @Override
  public void drop(int partition, Consumer<WriteResult> done) {
    life.after(latency(), () -> disk.drop(partition, done));
  }

  private long latency() {
    long usual = (5 + random.nextInt(200)) * MICROS;
    return faults.strikes(Fault.SLOW_DISK, 0.01, random)
        ? usual + random.nextInt(300) * MILLIS
        : usual;
  }
}
