package io.cartwheel.storage.rocksdb;

import static io.cartwheel.storage.rocksdb.Records.WRITTEN;
import static io.cartwheel.storage.rocksdb.Records.address;
import static io.cartwheel.storage.rocksdb.Records.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.port.StorageEngine.Address;
import io.cartwheel.core.port.StorageEngine.ReadResult;
import io.cartwheel.core.port.StorageEngine.WriteResult;
import io.cartwheel.storage.ShardCaller;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a small file system of its own, where the machine lets us mount one. */
class FullDiskIT {
  private static final int LENGTH = 4000;
  private static final int DISK_MIB = 96;
  private static final int OTHERS_MIB = 40;

  @TempDir Path directory;
  private final HeardEvents heard = new HeardEvents();

  @BeforeEach
  void mount() throws Exception {
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=" + DISK_MIB + "m", "tmpfs", directory.toString()),
        "no small disk to fill");
  }

  @AfterEach
  void unmount() throws Exception {
    // Lazily, for this process may have the native library loaded from there.
    run("umount", "-l", directory.toString());
  }

  @Test
  void aFullDiskRefusesWritesAndServesReadsAndPassesByItself() throws Exception {
    Path others = directory.resolve("others");
    Files.write(others, new byte[OTHERS_MIB << 20]);
    RocksDbSettings settings = small();
    var acknowledged = new ArrayList<Integer>();
    try (var store = RocksDbStore.open(settings, heard);
        var shard = new ShardCaller(store::forShard)) {
      String reason = untilRefused(i -> shard.write(address(i), record(i, LENGTH)), acknowledged);

      assertThat(reason).contains("the disk is full");
      assertThat(store.failure()).isEmpty();
      assertThat(heard.fullDisks).hasSize(1);
      check(shard, acknowledged);

      Files.delete(others);
      awaitRoom(() -> shard.write(address(2_000_000), record(0, LENGTH)));
      assertThat(heard.rooms).hasSize(1);
      for (int i = 1_000_000; i < 1_000_500; i++) {
        assertThat(shard.write(address(i), record(i, LENGTH))).isEqualTo(WRITTEN);
        acknowledged.add(i);
      }
      assertThat(heard.failures).isEmpty();
    }
    try (var store = RocksDbStore.open(settings, heard);
        var shard = new ShardCaller(store::forShard)) {
      check(shard, acknowledged);
    }
  }

  @Test
  void aFullDiskRefusesCommitsAsAWholeAndServesHints() throws Exception {
    Path others = directory.resolve("others");
    Files.write(others, new byte[OTHERS_MIB << 20]);
    var acknowledged = new ArrayList<Integer>();
    try (var store = RocksDbStore.open(small(), heard);
        var shard = new ShardCaller(store::forShard)) {
      String reason = untilRefused(i -> commit(shard, i), acknowledged);
      assertThat(reason).contains("the disk is full");
      checkHints(shard, acknowledged);

      Files.delete(others);
      awaitRoom(() -> commit(shard, 2_000_000));
      acknowledged.add(2_000_000);
      assertThat(heard.failures).isEmpty();
    }
    try (var store = RocksDbStore.open(small(), heard);
        var shard = new ShardCaller(store::forShard)) {
      checkHints(shard, acknowledged);
    }
  }

  private static WriteResult commit(ShardCaller shard, int number) {
    return shard.commit(
        address(number), Optional.of(record(number, LENGTH)), Optional.of(hint(number)));
  }

  /** All that was acknowledged has both; what was refused has both or neither. */
  private static void checkHints(ShardCaller shard, List<Integer> acknowledged) {
    Map<Address, Bytes> hints = Records.hints(shard);
    check(shard, acknowledged);
    assertThat(acknowledged).allSatisfy(i -> assertThat(hints).containsEntry(address(i), hint(i)));
    assertThat(hints.keySet())
        .allSatisfy(
            address -> assertThat(shard.read(address)).isInstanceOf(ReadResult.Found.class));
    assertThat(shard.read(address(acknowledged.size())) instanceof ReadResult.Found)
        .isEqualTo(hints.containsKey(address(acknowledged.size())));
  }

  private static Bytes hint(int number) {
    return Bytes.utf8("owed " + number);
  }

  private RocksDbSettings small() {
    return RocksDbSettings.in(directory.resolve("store"))
        .withWriteBufferBytes(2 << 20)
        .withBlockCacheBytes(8 << 20);
  }

  private static void awaitRoom(Callable<WriteResult> attempt) {
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(100))
        .until(() -> attempt.call().equals(WRITTEN));
  }

  private static String untilRefused(IntFunction<WriteResult> write, List<Integer> acknowledged) {
    for (int i = 0; i < 1_000_000; i++) {
      switch (write.apply(i)) {
        case WriteResult.Written _ -> acknowledged.add(i);
        case WriteResult.Failed(String reason) -> {
          return reason;
        }
      }
    }
    throw new AssertionError("the disk never filled");
  }

  private static void check(ShardCaller shard, List<Integer> acknowledged) {
    for (int i : acknowledged) {
      assertThat(shard.read(address(i))).isEqualTo(new ReadResult.Found(record(i, LENGTH)));
    }
  }

  private static boolean run(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
