package io.cartwheel.storage.rocksdb;

import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.port.StorageEngine;
import io.cartwheel.core.port.StorageEngine.Address;
import io.cartwheel.core.port.StorageEngine.WriteResult;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * A process of its own that writes records until it is killed, and prints what was acknowledged.
 *
 * <p>Write number i replaces the record of key i mod {@link #KEYS}, every second one together with
 * its hint, and some of those remove both. A line is the number of an acknowledged write, or says
 * what else happened.
 */
final class WritingProcess {
  static final int KEYS = 3000;
  static final String FAILED = "failed ";
  static final String REFUSED = "refused ";

  private static final int UNDER_WAY = 64;

  private WritingProcess() {}

  /** Some records are long enough for the writer thread. */
  static int lengthOf(int number) {
    return number % 1000 == 0 ? 300_000 : 200 + number % 2000;
  }

  /** What a key has after a write. */
  record Outcome(Optional<Bytes> record, Optional<Bytes> hint) {}

  static Outcome outcomeOf(int number) {
    Bytes record = Records.record(number, lengthOf(number));
    if (!isCommit(number)) {
      return new Outcome(Optional.of(record), Optional.empty());
    }
    return number % 7 == 0
        ? new Outcome(Optional.empty(), Optional.empty())
        : new Outcome(Optional.of(record), Optional.of(Bytes.utf8("owed " + number)));
  }

  /** Of the same key all are, or none. */
  private static boolean isCommit(int number) {
    return number % 2 == 0;
  }

  /** Starts the process, with other words before its command line if there are any. */
  static Process start(List<String> wrapper, Path directory, int first) throws IOException {
    var command = new ArrayList<>(wrapper);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-Xmx128m", "-XX:+UseSerialGC"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(WritingProcess.class.getName(), directory.toString(), "" + first));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  /** What the process prints, up to its end or so many acknowledgements. */
  static List<String> lines(BufferedReader output, int limit) throws IOException {
    var lines = new ArrayList<String>();
    String line = "";
    while (lines.size() < limit && (line = output.readLine()) != null) {
      lines.add(line);
    }
    return lines;
  }

  public static void main(String[] arguments) throws Exception {
    PrintStream out = System.out;
    var listener =
        new StoreListener() {
          @Override
          public void failed(String reason) {
            out.println(FAILED + reason);
          }
        };
    var settings = RocksDbSettings.in(Path.of(arguments[0])).withWriteBufferBytes(4 << 20);
    var thread = Executors.newSingleThreadExecutor();
    var engine = RocksDbStore.open(settings, listener).forShard(thread);
    var permits = new Semaphore(UNDER_WAY);
    for (int i = Integer.parseInt(arguments[1]); ; i++) {
      int number = i;
      permits.acquire();
      Consumer<WriteResult> done =
          result -> {
            out.println(
                result instanceof WriteResult.Failed(String why) ? REFUSED + why : "" + number);
            permits.release();
          };
      thread.execute(() -> write(engine, number, done));
    }
  }

  private static void write(StorageEngine engine, int number, Consumer<WriteResult> done) {
    Outcome outcome = outcomeOf(number);
    Address address = Records.address(number % KEYS);
    if (isCommit(number)) {
      engine.commit(address, outcome.record(), outcome.hint(), done);
    } else {
      engine.write(address, outcome.record().orElseThrow(), done);
    }
  }
}
