package io.cartwheel.storage.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.port.StorageEngine.Address;
import io.cartwheel.core.port.StorageEngine.ReadResult;
import io.cartwheel.storage.ShardCaller;
import io.cartwheel.storage.rocksdb.WritingProcess.Outcome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A killed process loses nothing: the log is with the operating system before a write is answered.
 */
class KilledProcessIT {
  private static final int KILLS = 3;
  private static final int ACKNOWLEDGEMENTS = 10_000;

  @TempDir Path directory;

  @Test
  void aKilledProcessLosesNothingThatWasAcknowledged() throws Exception {
    int[] acknowledged = new int[WritingProcess.KEYS];
    int next = 1;
    for (int kill = 0; kill < KILLS; kill++) {
      List<String> lines = writeUntilKilled(next);
      assertThat(lines).hasSizeGreaterThanOrEqualTo(ACKNOWLEDGEMENTS);
      for (String line : lines) {
        int number = Integer.parseInt(line);
        acknowledged[number % acknowledged.length] = number;
        next = Math.max(next, number + 1);
      }
      check(acknowledged);
    }
  }

  private List<String> writeUntilKilled(int first) throws Exception {
    Process process = WritingProcess.start(List.of(), directory, first);
    try (var output = process.inputReader()) {
      var lines = new ArrayList<>(WritingProcess.lines(output, ACKNOWLEDGEMENTS));
      // Through the handle: the process itself would close the stream, and hide its last lines.
      process.toHandle().destroyForcibly();
      lines.addAll(WritingProcess.lines(output, Integer.MAX_VALUE));
      return lines;
    } finally {
      process.destroyForcibly();
    }
  }

  /**
   * Each key has its last acknowledged record and hint, or both of a later write whose answer was
   * not heard.
   */
  private void check(int[] acknowledged) throws Exception {
    try (var store = RocksDbStore.open(RocksDbSettings.in(directory), StoreListener.NONE);
        var shard = new ShardCaller(store::forShard)) {
      Map<Address, Bytes> hints = Records.hints(shard);
      for (int key = 0; key < acknowledged.length; key++) {
        if (acknowledged[key] > 0) {
          Address address = Records.address(key);
          Optional<Bytes> record =
              shard.read(address) instanceof ReadResult.Found(Bytes found)
                  ? Optional.of(found)
                  : Optional.empty();
          int last = acknowledged[key];
          assertThat(new Outcome(record, Optional.ofNullable(hints.get(address))))
              .isIn(
                  WritingProcess.outcomeOf(last),
                  WritingProcess.outcomeOf(last + WritingProcess.KEYS));
        }
      }
    }
  }
}
