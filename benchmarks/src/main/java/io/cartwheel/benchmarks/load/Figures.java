package io.cartwheel.benchmarks.load;

import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * What one run of one workload measured. Warm-up is not in it, and errors are in no latency.
 *
 * @param latencies of successes, for each operation that had any
 * @param errors how many operations failed, by the kind of failure
 * @param perSecond successes in each second
 */
public record Figures(
    Workload workload,
    Map<Operation, Latencies> latencies,
    Map<String, Long> errors,
    List<Long> perSecond,
    Oddities oddities) {

  /**
   * What is neither a success's time nor an error.
   *
   * @param readsOfSiblings reads that were answered with several versions
   * @param mostSiblings the largest number of versions in one answer
   * @param readsBeforeUpdates updates that had to read first, for want of a context
   * @param unsent requests that were due and had not been sent when the run ended
   * @param failovers how often a thread went from one node to another, warm-up included
   */
  public record Oddities(
      long readsOfSiblings,
      long mostSiblings,
      long readsBeforeUpdates,
      long unsent,
      long failovers) {}

  /** Successes a second. */
  public double rate() {
    return perSecond.stream().mapToLong(each -> each).average().orElse(0);
  }

  /** Successes of one operation a second: its share of all. */
  public double rate(Operation operation) {
    Latencies its = latencies.get(operation);
    return its == null ? 0 : rate() * its.count() / successes();
  }

  /** How many operations succeeded. */
  public long successes() {
    return latencies.values().stream().mapToLong(Latencies::count).sum();
  }

  /** The run in the middle by its rate, the slower of two when there is none. */
  public static Figures median(List<Figures> runs) {
    return runs.stream()
        .sorted(Comparator.comparingDouble(Figures::rate))
        .toList()
        .get((runs.size() - 1) / 2);
  }
}
