package io.cartwheel.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.cartwheel.cli.console.CommandFailed;
import io.cartwheel.cli.console.Json;
import io.cartwheel.cli.console.JsonObject;
import io.cartwheel.core.item.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The load generator as a process of its own, against real nodes. */
class BenchIT {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @RegisterExtension static final CartwheelCluster cluster = CartwheelCluster.of(3);

  @Test
  void aMeasurementEndsWithItsFigures(@TempDir Path folder) throws IOException, CommandFailed {
    Path page = folder.resolve("figures.html");
    Command bench = bench("--workload", "a,c", "--records", "500", "--report", page.toString());
    assertThat(bench.status()).as(bench.err()).isZero();
    List<JsonObject> workloads = json(bench).objects("workloads");
    assertThat(workloads)
        .extracting(each -> each.text("workload").orElseThrow())
        .containsExactly("a", "c");
    assertHasTimes(operation(workloads.getFirst(), "read"));
    assertHasTimes(operation(workloads.getFirst(), "update"));
    assertHasTimes(operation(workloads.getLast(), "read"));
    for (JsonObject workload : workloads) {
      assertThat(workload.number("ops_per_s").orElseThrow()).isPositive();
      assertThat(workload.object("errors").orElseThrow().members()).isEmpty();
      assertThat(workload.elements("per_second")).hasSize(2);
    }
    assertThat(bench.err()).contains("500 of 500 records", "2 of 2 seconds of workload c");
    assertThat(Files.readString(page)).contains("Workload A", "Workload C", "<svg", "</html>");
  }

  @Test
  void recordsThatAreLoadedTwiceHaveOneVersionEach() throws IOException {
    for (int times = 0; times < 2; times++) {
      Command bench = bench("--workload", "c", "--records", "20", "--bucket", "twice");
      assertThat(bench.status()).as(bench.err()).isZero();
    }
    for (int record = 0; record < 20; record++) {
      Reply reply = cluster.client("n1").get("twice", "user%010d".formatted(record));
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.body()).hasSize(1024);
    }
  }

  private static Command bench(String... words) {
    String nodes =
        cluster.nodes().nodes().stream()
            .map(node -> NodeSettings.loopback(node.settings().ports().http()))
            .collect(Collectors.joining(","));
    Stream<String> fixed =
        Stream.of("bench", "run", "--nodes", nodes, "--threads", "4", "--for", "2s");
    Stream<String> output = Stream.of("--warmup", "1s", "-o", "json");
    return Command.run(
        PATIENCE,
        Stream.of(fixed, output, Stream.of(words)).flatMap(each -> each).toArray(String[]::new));
  }

  private static JsonObject json(Command bench) throws CommandFailed {
    assertThat(bench.out().lines()).hasSize(1);
    return Json.parse(Bytes.utf8(bench.out()));
  }

  private static JsonObject operation(JsonObject workload, String name) {
    return workload.object("operations").orElseThrow().object(name).orElseThrow();
  }

  private static void assertHasTimes(JsonObject operation) {
    List<Long> times =
        Stream.of("p50_us", "p95_us", "p99_us", "p99_9_us", "max_us")
            .map(name -> operation.number(name).orElseThrow())
            .toList();
    assertThat(times).isSorted().allMatch(micros -> micros > 0);
    assertThat(operation.number("count").orElseThrow()).isPositive();
  }
}
