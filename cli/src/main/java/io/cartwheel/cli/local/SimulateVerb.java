package io.cartwheel.cli.local;

import io.cartwheel.cli.console.CommandFailed;
import io.cartwheel.cli.console.Console;
import io.cartwheel.cli.console.ExitCode;
import io.cartwheel.cli.console.Json;
import io.cartwheel.cli.console.OutputOption;
import io.cartwheel.cli.console.Progress;
import io.cartwheel.cli.console.Table;
import io.cartwheel.simulator.Campaign;
import io.cartwheel.simulator.SeedResult;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs a campaign of simulated clusters. */
@Command(
    name = "simulate",
    description = {
      "Try whole clusters against faults in virtual time, each drawn from a seed, and check every"
          + " promise.",
      "The status is 1 when one is broken; each failing seed is told with the line that replays it."
    },
    footer = {
      "",
      "Examples:",
      "  cartwheel simulate",
      "  cartwheel simulate --seeds 200 --seconds 60 -o json",
      "  cartwheel simulate --seed 4711"
    })
public final class SimulateVerb implements Callable<Integer> {
  private static final int MOST_SEEDS = 1_000_000;
  private static final int MOST_SECONDS = 3600;

  private final Console console;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      order = 1,
      description = "How many clusters (default: 200).")
  private Optional<Integer> seeds = Optional.empty();

  @Option(
      names = "--first-seed",
      paramLabel = "SEED",
      order = 2,
      description = "The seed of the first; the others follow it (default: 1).")
  private Optional<Long> firstSeed = Optional.empty();

  @Option(names = "--seed", paramLabel = "SEED", order = 3, description = "This one seed only.")
  private Optional<Long> seed = Optional.empty();

  @Option(
      names = "--seconds",
      paramLabel = "N",
      order = 4,
      description = "Virtual seconds of faults for each (default: 60).")
  private int seconds = 60;

  @Mixin private final OutputOption output = new OutputOption();

  public SimulateVerb(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws CommandFailed {
    Campaign.Settings settings = settings();
    var progress = new Progress(console, "seeds", settings.seeds());
    Campaign.Result result = Campaign.run(settings, each -> hear(each, progress));
    if (output.json()) {
      Json.print(console.out(), members(result));
    } else {
      print(result);
    }
    return (result.violations() == 0 ? ExitCode.OK : ExitCode.FAILED).status();
  }

  private Campaign.Settings settings() throws CommandFailed {
    if (seed.isPresent() && (seeds.isPresent() || firstSeed.isPresent())) {
      throw new CommandFailed(
          ExitCode.USAGE, "--seed is one seed: without --seeds and --first-seed");
    }
    int count = seed.isPresent() ? 1 : seeds.orElse(200);
    if (count < 1 || count > MOST_SEEDS || seconds < 1 || seconds > MOST_SECONDS) {
      throw new CommandFailed(
          ExitCode.USAGE, "--seeds is 1 to " + MOST_SEEDS + ", --seconds 1 to " + MOST_SECONDS);
    }
    return new Campaign.Settings(seed.or(() -> firstSeed).orElse(1L), count, seconds);
  }

  private void hear(SeedResult result, Progress progress) {
    progress.step();
    if (result.violations() == 0) {
      return;
    }
    progress.say(
        "seed %d broke %d promises; replay it with: cartwheel simulate --seed %d --seconds %d"
            .formatted(result.seed(), result.violations(), result.seed(), seconds));
    result.firstViolations().forEach(violation -> progress.say("  " + violation));
  }

  private static Map<String, Object> members(Campaign.Result result) {
    var members = new LinkedHashMap<String, Object>();
    members.put("seeds", result.seeds());
    members.put("violations", result.violations());
    members.put("events", result.events());
    members.put("virtual_seconds", result.virtualSeconds());
    members.put("faults", result.faults());
    members.put("probes", result.probes());
    members.put("reads_with_siblings", result.readsWithSiblings());
    members.put("failing_seeds", result.failing().stream().map(SeedResult::seed).toList());
    return members;
  }

  private void print(Campaign.Result result) {
    var table = new Table("FAULT", "COUNT");
    result.faults().forEach((fault, count) -> table.row(fault.toString(), count.toString()));
    table.print(console.out());
    console
        .out()
        .println(
            "seeds %d, virtual seconds %d, events %d, violations %d"
                .formatted(
                    result.seeds(), result.virtualSeconds(), result.events(), result.violations()));
  }
}
