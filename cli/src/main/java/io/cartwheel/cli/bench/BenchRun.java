package io.cartwheel.cli.bench;

import io.cartwheel.benchmarks.http.Node;
import io.cartwheel.benchmarks.load.Figures;
import io.cartwheel.benchmarks.load.LoadGenerator;
import io.cartwheel.benchmarks.load.LoadSettings;
import io.cartwheel.benchmarks.load.Workload;
import io.cartwheel.benchmarks.report.JsonReport;
import io.cartwheel.benchmarks.report.Report;
import io.cartwheel.cli.console.CommandFailed;
import io.cartwheel.cli.console.Console;
import io.cartwheel.cli.console.ExitCode;
import io.cartwheel.cli.console.Json;
import io.cartwheel.cli.console.OutputOption;
import io.cartwheel.cli.console.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures a cluster under YCSB's workloads. */
@Command(
    name = "run",
    description = {
      "Load a cluster with records and measure it under YCSB's workloads: a (half of the requests"
          + " update), b (5 %% do), c (none does).",
      "Times count from when a request was due; errors are counted by kind, and in no time.",
      "The status is 4 when no node answers, 1 when nothing succeeded."
    },
    footer = {
      "",
      "Examples:",
      "  cartwheel bench run --workload a --nodes 127.0.0.1:8101,127.0.0.1:8102,127.0.0.1:8103",
      "  cartwheel bench run --workload a,b,c --runs 3 --report figures.html --report figures.json",
      "  cartwheel bench run --workload b --rate 2000 --for 60s -o json"
    })
public final class BenchRun implements Callable<Integer> {
  private static final int MOST_RUNS = 99;

  private final Console console;

  @Option(
      names = "--workload",
      paramLabel = "a|b|c",
      split = ",",
      converter = WorkloadConverter.class,
      order = 1,
      description = "Which ones, one after the other (default: a).")
  private List<Workload> workloads = List.of(Workload.A);

  @Mixin private final LoadOptions load = new LoadOptions();

  @Option(
      names = "--runs",
      paramLabel = "N",
      order = 20,
      description = "How often to go through the workloads; medians are told (default: 1).")
  private int runs = 1;

  @Option(
      names = "--no-load",
      order = 21,
      description = "The records are there already: do not write them first.")
  private boolean loaded;

  @Mixin private final ReportFiles files = new ReportFiles();
  @Mixin private final OutputOption output = new OutputOption();

  public BenchRun(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws CommandFailed {
    LoadSettings settings = load.settings();
    if (runs < 1 || runs > MOST_RUNS) {
      throw new CommandFailed(ExitCode.USAGE, "--runs is 1 to " + MOST_RUNS);
    }
    files.check();
    var report = new Report(settings, measure(settings));
    files.write(report);
    if (output.json()) {
      Json.print(console.out(), JsonReport.members(report));
    } else {
      FiguresTable.print(console.out(), report);
    }
    boolean futile = report.runs().stream().allMatch(run -> run.successes() == 0);
    return (futile ? ExitCode.FAILED : ExitCode.OK).status();
  }

  private List<Figures> measure(LoadSettings settings) throws CommandFailed {
    try (var generator = new LoadGenerator(settings)) {
      tellUnreachable(settings, generator.unreachable());
      if (!loaded) {
        write(settings, generator);
      }
      var figures = new ArrayList<Figures>();
      for (int run = 0; run < runs; run++) {
        for (Workload workload : workloads) {
          figures.add(run(settings, generator, workload));
        }
      }
      return figures;
    }
  }

  private void tellUnreachable(LoadSettings settings, List<Node> unreachable) throws CommandFailed {
    if (unreachable.size() == settings.nodes().size()) {
      throw new CommandFailed(ExitCode.UNAVAILABLE, "no node answers: " + names(unreachable));
    }
    if (!unreachable.isEmpty()) {
      console.err().println("going on without " + names(unreachable));
    }
  }

  private void write(LoadSettings settings, LoadGenerator generator) throws CommandFailed {
    var progress = new Progress(console, "records", settings.records());
    Optional<String> failure = generator.load(progress::reach);
    if (failure.isPresent()) {
      boolean refused = failure.get().startsWith("status_4");
      throw new CommandFailed(
          refused ? ExitCode.FAILED : ExitCode.UNAVAILABLE,
          "the records could not be written: " + failure.get());
    }
  }

  private Figures run(LoadSettings settings, LoadGenerator generator, Workload workload) {
    var progress =
        new Progress(
            console, "seconds of workload " + workload, (int) settings.duration().toSeconds());
    Figures figures = generator.run(workload, progress::reach);
    progress.say(FiguresTable.line(figures));
    return figures;
  }

  private static String names(List<Node> nodes) {
    return String.join(", ", nodes.stream().map(Node::toString).toList());
  }
}
