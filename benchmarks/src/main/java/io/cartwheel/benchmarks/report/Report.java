package io.cartwheel.benchmarks.report;

import io.cartwheel.benchmarks.load.Figures;
import io.cartwheel.benchmarks.load.LoadSettings;
import java.util.List;

/**
 * All that one command measured.
 *
 * @param runs in the order in which they were run
 */
public record Report(LoadSettings settings, List<Figures> runs) {
  public Report {
    runs = List.copyOf(runs);
  }

  /** For each workload its run with the median rate, in the order of their first runs. */
  public List<Figures> medians() {
    return runs.stream()
        .map(Figures::workload)
        .distinct()
        .map(workload ->
            Figures.median(runs.stream().filter(run -> run.workload() == workload).toList()))
        .toList();
  }
}
