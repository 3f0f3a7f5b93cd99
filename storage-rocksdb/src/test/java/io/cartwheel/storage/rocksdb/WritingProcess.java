package io.cartwheel.storage.rocksdb;

import io.cartwheel.core.port.StorageEngine.WriteResult;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/**
 * A process of its own that writes records until it is killed, and prints what was acknowledged.
 *
 * <p>Write number i replaces the record of key i mod {@link #KEYS}. A line is the number of an
 * acknowledged write, or says what else happened.
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
      thread.execute(() ->
          engine.write(
              Records.address(number % KEYS),
              Records.record(number, lengthOf(number)),
              result -> {
                out.println(
                    result instanceof WriteResult.Failed(String why) ? REFUSED + why : "" + number);
                permits.release();
              }));
    }
  }
}
