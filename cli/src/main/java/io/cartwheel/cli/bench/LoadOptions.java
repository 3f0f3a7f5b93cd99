package io.cartwheel.cli.bench;

import io.cartwheel.benchmarks.http.Node;
import io.cartwheel.benchmarks.load.LoadSettings;
import io.cartwheel.cli.console.CommandFailed;
import io.cartwheel.cli.console.ExitCode;
import io.cartwheel.cli.http.NodeAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import picocli.CommandLine.Option;

/** The options that say what load there is, each held to its range. */
final class LoadOptions {
  private static final int MOST_NODES = 64;
  private static final int MOST_RECORDS = 2_000_000;
  private static final int MOST_VALUE_BYTES = 1 << 20;
  private static final int MOST_THREADS = 512;
  private static final int HIGHEST_RATE = 1_000_000;
  private static final int MOST_NAME_BYTES = 255;

  @Option(
      names = "--nodes",
      paramLabel = "HOST:PORT",
      split = ",",
      order = 2,
      description = "The nodes, at the ports of the protocol (default: 127.0.0.1:8098).")
  private List<NodeAddress> nodes = List.of(NodeAddress.DEFAULT);

  @Option(
      names = "--protocol",
      paramLabel = "http",
      order = 3,
      description = "What to speak (default: http, the only one so far).")
  private String protocol = "http";

  @Option(
      names = "--records",
      paramLabel = "N",
      order = 4,
      description = "How many records there are, up to 2000000 (default: 100000).")
  private int records = 100_000;

  @Option(
      names = "--value",
      paramLabel = "BYTES",
      order = 5,
      description = "The length of each value, up to 1048576 (default: 1024).")
  private int value = 1024;

  @Option(
      names = "--threads",
      paramLabel = "N",
      order = 6,
      description = "Connections, each with one request at a time, up to 512 (default: 32).")
  private int threads = 32;

  @Option(
      names = "--rate",
      paramLabel = "N",
      order = 7,
      description = {
        "Requests a second of all threads, due whether or not those before were answered.",
        "Without it each thread sends its next request once it has the answer."
      })
  private Optional<Double> rate = Optional.empty();

  @Option(
      names = "--for",
      paramLabel = "TIME",
      order = 8,
      description = "How long each workload counts, in whole seconds (default: 30s).")
  private Duration duration = Duration.ofSeconds(30);

  @Option(
      names = "--warmup",
      paramLabel = "TIME",
      order = 9,
      description = "How long it runs before that (default: 5s).")
  private Duration warmup = Duration.ofSeconds(5);

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      order = 10,
      description = "How long a request may take (default: 10s).")
  private Duration timeout = Duration.ofSeconds(10);

  @Option(
      names = "--bucket",
      paramLabel = "B",
      order = 11,
      description = "The records' bucket (default: bench).")
  private String bucket = "bench";

  @Option(
      names = "--type",
      paramLabel = "T",
      order = 12,
      description = "The bucket's type (default: default).")
  private String type = "default";

  LoadSettings settings() throws CommandFailed {
    if (!protocol.equals("http")) {
      throw new CommandFailed(
          ExitCode.USAGE, "--protocol " + protocol + " can't be measured yet: only http");
    }
    within("--nodes", nodes.size(), 1, MOST_NODES);
    within("--records", records, 1, MOST_RECORDS);
    within("--value", value, 0, MOST_VALUE_BYTES);
    within("--threads", threads, 1, MOST_THREADS);
    within("--bucket in bytes", bytes(bucket), 1, MOST_NAME_BYTES);
    within("--type in bytes", bytes(type), 1, MOST_NAME_BYTES);
    if (duration.toMillis() % 1000 != 0) {
      throw new CommandFailed(ExitCode.USAGE, "--for is in whole seconds");
    }
    if (rate.isPresent() && !(rate.get() > 0 && rate.get() <= HIGHEST_RATE)) {
      throw new CommandFailed(ExitCode.USAGE, "--rate is above 0 and up to " + HIGHEST_RATE);
    }
    return new LoadSettings(
        nodes.stream().map(node -> new Node(node.host(), node.port())).toList(),
        new LoadSettings.Items(type, bucket, value),
        records,
        threads,
        rate.map(OptionalDouble::of).orElseGet(OptionalDouble::empty),
        warmup,
        duration,
        timeout);
  }

  private static void within(String option, int value, int least, int most) throws CommandFailed {
    if (value < least || value > most) {
      throw new CommandFailed(ExitCode.USAGE, option + " is " + least + " to " + most);
    }
  }

  private static int bytes(String name) {
    return name.getBytes(StandardCharsets.UTF_8).length;
  }
}
