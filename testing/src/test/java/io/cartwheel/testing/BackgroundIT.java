package io.cartwheel.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.cartwheel.cli.http.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Three nodes under all the load that they bear, first with nothing else to do, then while one of
 * them that lost its disk is refilled: what clients get is printed second by second.
 *
 * <p>{@code -Dcartwheel.background.keys=50000 -Dcartwheel.background.seconds=60} measures in
 * earnest; {@code -Dcartwheel.background.clients=32} says how many requests are under way.
 */
class BackgroundIT {
  private static final int KEYS = Integer.getInteger("cartwheel.background.keys", 500);
  private static final int SECONDS = Integer.getInteger("cartwheel.background.seconds", 5);
  private static final int CLIENTS = Integer.getInteger("cartwheel.background.clients", 8);
  private static final List<String> WORKS = List.of("hints", "exchange", "walks", "reaping");
  private static final Target METRICS = Target.of("metrics");

  @RegisterExtension
  final CartwheelCluster cluster = CartwheelCluster.of(3, "--set", "hints.quota=0");

  /**
   * One second.
   *
   * @param slices what each kind of work gets, at the node that gives it the least
   * @param unrepaired how many keys the node that lost all has yet to be given, at most
   */
  private record Line(
      String phase, int second, SteadyLoad.Second load, List<Double> slices, long unrepaired) {
    String csv() {
      var csv = new StringBuilder(phase + "," + second + "," + load.done());
      csv.append("," + load.p50Micros() + "," + load.p99Micros() + "," + load.failed());
      slices.forEach(slice -> csv.append(String.format(Locale.ROOT, ",%.3f", slice)));
      return csv.append("," + unrepaired).toString();
    }
  }

  @Test
  void aNodeThatIsRefilledUnderLoadCostsClientsNoAnswer() throws Exception {
    var lines = new ArrayList<Line>();
    List<ItemsClient> clients =
        cluster.nodes().nodes().stream().map(ServerProcess::client).toList();
    try (var load = new SteadyLoad(clients, KEYS)) {
      load.store(CLIENTS);
      run("without", load, 0, lines);
      loseDisk(cluster.node("n3"));
      run("with", load, KEYS, lines);
    }
    print(lines);
    assertThat(lines.getLast().load().failed()).as("requests that failed").isZero();
    assertThat(lines.getLast().unrepaired()).as("repaired under load").isLessThan(KEYS);
  }

  private void loseDisk(ServerProcess node) throws IOException {
    node.kill9();
    try (Stream<Path> files = Files.walk(node.settings().dataDir())) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
    node.start().awaitReady(LocalCluster.PATIENCE);
  }

  private void run(String phase, SteadyLoad load, int lost, List<Line> lines) throws Exception {
    long repairedBefore = repaired();
    load.start(CLIENTS);
    long next = System.nanoTime();
    for (int second = 1; second <= SECONDS; second++) {
      next += TimeUnit.SECONDS.toNanos(1);
      while (System.nanoTime() < next) {
        LockSupport.parkNanos(next - System.nanoTime());
      }
      SteadyLoad.Second seen = load.second();
      long repaired = repaired() - repairedBefore;
      lines.add(new Line(phase, second, seen, slices(), Math.max(0, lost - repaired)));
    }
    load.stop();
  }

  private List<Double> slices() throws IOException {
    var least = new ArrayList<>(List.of(1.0, 1.0, 1.0, 1.0));
    for (ServerProcess node : cluster.nodes().nodes()) {
      String metrics = node.client().get(METRICS).text();
      for (int i = 0; i < WORKS.size(); i++) {
        String name = "cartwheel_background_slice{work=\"" + WORKS.get(i) + "\"}";
        least.set(i, Math.min(least.get(i), value(metrics, name)));
      }
    }
    return least;
  }

  /** How many keys all nodes have repaired; one that starts anew begins at none. */
  private long repaired() throws IOException {
    long sum = 0;
    for (ServerProcess node : cluster.nodes().nodes()) {
      String metrics = node.client().get(METRICS).text();
      sum += (long) value(metrics, "cartwheel_repair_keys_repaired_total");
      sum += (long) value(metrics, "cartwheel_read_repair_total");
    }
    return sum;
  }

  private static double value(String metrics, String name) {
    Matcher found =
        Pattern.compile("(?m)^" + Pattern.quote(name) + "(?:\\{.*\\})? ([0-9.E-]+)$")
            .matcher(metrics);
    assertThat(found.find()).as(name + " in " + metrics).isTrue();
    return Double.parseDouble(found.group(1));
  }

  private static void print(List<Line> lines) throws IOException {
    var csv = new ArrayList<String>();
    csv.add(
        "phase,second,done_per_s,p50_us,p99_us,failed,"
            + String.join(",", WORKS)
            + ",keys_to_repair_at_most");
    lines.forEach(line -> csv.add(line.csv()));
    Path file = Files.write(Path.of("target", "background.csv"), csv);
    csv.forEach(System.out::println);
    System.out.printf("%n%-8s %10s %9s %9s %9s%n", "phase", "done/s", "p50 ms", "p99 ms", "failed");
    for (String phase : List.of("without", "with")) {
      List<SteadyLoad.Second> seconds =
          lines.stream().filter(line -> line.phase().equals(phase)).map(Line::load).toList();
      System.out.printf(
          Locale.ROOT,
          "%-8s %10.0f %9.1f %9.1f %9d%n",
          phase,
          seconds.stream().mapToLong(SteadyLoad.Second::done).average().orElse(0),
          seconds.stream().mapToLong(SteadyLoad.Second::p50Micros).average().orElse(0) / 1e3,
          seconds.stream().mapToLong(SteadyLoad.Second::p99Micros).average().orElse(0) / 1e3,
          seconds.getLast().failed());
    }
    System.out.println("Means of the seconds' figures. All of them: " + file.toAbsolutePath());
  }
}
