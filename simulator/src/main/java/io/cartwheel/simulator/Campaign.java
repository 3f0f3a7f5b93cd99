package io.cartwheel.simulator;

import io.cartwheel.core.port.Observer;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/**
 * Many seeds, side by side; some run twice, because a run that differs from itself proves nothing.
 */
public final class Campaign {
  /** One seed in so many runs a second time. */
  private static final int RERUN_EVERY = 100;

  private Campaign() {}

  /**
   * Which seeds, and for how long each.
   *
   * @param firstSeed the first of consecutive seeds
   * @param seeds how many
   * @param seconds virtual seconds of faults per seed
   */
  public record Settings(long firstSeed, int seeds, int seconds) {}

  /** Runs all seeds on all cores; each result is heard as it comes, from any thread. */
  public static Result run(Settings settings, Consumer<SeedResult> progress) {
    List<SeedResult> results =
        LongStream.range(settings.firstSeed(), settings.firstSeed() + settings.seeds())
            .parallel()
            .mapToObj(seed -> {
              SeedResult result = runSeed(seed, settings);
              progress.accept(result);
              return result;
            })
            .toList();
    return Result.of(settings, results);
  }

  private static SeedResult runSeed(long seed, Settings settings) {
    SeedResult result = Simulation.run(seed, settings.seconds());
    boolean again = (seed - settings.firstSeed()) % RERUN_EVERY == 0;
    if (again && Simulation.run(seed, settings.seconds()).traceHash() != result.traceHash()) {
      return result.withViolation("the seed's second run differs from its first");
    }
    return result;
  }

  /** What a campaign came to. */
  public record Result(
      int seeds,
      long violations,
      long events,
      long virtualSeconds,
      Map<Fault, Long> faults,
      Map<Observer.Event, Long> probes,
      long readsWithSiblings,
      List<SeedResult> failing) {

    static Result of(Settings settings, List<SeedResult> results) {
      var faults = new EnumMap<Fault, Long>(Fault.class);
      var probes = new EnumMap<Observer.Event, Long>(Observer.Event.class);
      for (SeedResult result : results) {
        result.faults().forEach((fault, count) -> faults.merge(fault, count, Long::sum));
        result.probes().forEach((probe, count) -> probes.merge(probe, count, Long::sum));
      }
      return new Result(
          settings.seeds(),
          results.stream().mapToLong(SeedResult::violations).sum(),
          results.stream().mapToLong(SeedResult::events).sum(),
          results.stream().mapToLong(SeedResult::virtualSeconds).sum(),
          faults,
          probes,
          results.stream().mapToLong(SeedResult::readsWithSiblings).sum(),
          results.stream().filter(result -> result.violations() > 0).toList());
    }
  }
}
