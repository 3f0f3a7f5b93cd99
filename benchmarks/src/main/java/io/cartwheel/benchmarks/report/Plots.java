package io.cartwheel.benchmarks.report;

import io.cartwheel.benchmarks.load.Figures;
import io.cartwheel.benchmarks.load.Latencies;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** The two plots of a run. */
final class Plots {
  private static final int STEPS_PER_NINE = 25;
  private static final List<String> NINES =
      List.of("0", "90%", "99%", "99.9%", "99.99%", "99.999%", "99.9999%", "99.99999%");

  private Plots() {}

  /** Latency in milliseconds by percentile, both axes logarithmic: each step right is one nine. */
  static Plot latency(Figures figures) {
    var lines = new ArrayList<Plot.Line>();
    figures
        .latencies()
        .forEach((operation, latencies) ->
            lines.add(new Plot.Line(operation.toString(), curve(latencies))));
    double low = lines.stream().mapToDouble(line -> line.points().getFirst().y()).min().orElse(0);
    double high = lines.stream().mapToDouble(line -> line.points().getLast().y()).max().orElse(1);
    double nines = lines.stream().mapToDouble(line -> line.points().getLast().x()).max().orElse(1);
    return new Plot(
        "latency by percentile, workload " + figures.workload(),
        percentiles(Math.max(1, nines)),
        milliseconds(Math.floor(low), Math.max(Math.ceil(high), Math.floor(low) + 1)),
        lines);
  }

  /** Successes a second over time, from 0. */
  static Plot throughput(Figures figures) {
    List<Long> seconds = figures.perSecond();
    List<Plot.Point> points =
        IntStream.range(0, seconds.size())
            .mapToObj(i -> new Plot.Point(i + 1, seconds.get(i).doubleValue()))
            .toList();
    double most = seconds.stream().mapToDouble(Long::doubleValue).max().orElse(1);
    return new Plot(
        "operations per second over time, workload " + figures.workload(),
        linear(1, Math.max(2, seconds.size()), Plot.LEFT, Plot.RIGHT, " s"),
        linear(0, Math.max(1, most), Plot.BOTTOM, Plot.TOP, ""),
        List.of(new Plot.Line("ops/s", points)));
  }

  private static List<Plot.Point> curve(Latencies latencies) {
    double last = Math.max(1, Math.log10((double) latencies.count()));
    int steps = (int) Math.ceil(last * STEPS_PER_NINE);
    return IntStream.rangeClosed(0, steps)
        .mapToDouble(step -> last * step / steps)
        .mapToObj(nines -> {
          long micros = latencies.percentileMicros(100 - 100 * Math.pow(10, -nines));
          return new Plot.Point(nines, Math.log10((double) Math.max(1, micros)));
        })
        .toList();
  }

  private static Scale percentiles(double nines) {
    List<Scale.Tick> ticks =
        IntStream.range(0, Math.min(NINES.size(), (int) nines + 1))
            .mapToObj(i -> new Scale.Tick(i, NINES.get(i)))
            .toList();
    return new Scale(0, nines, Plot.LEFT, Plot.RIGHT, ticks);
  }

  /** From one power of ten of a microsecond to another. */
  private static Scale milliseconds(double low, double high) {
    List<Scale.Tick> ticks =
        IntStream.rangeClosed((int) low, (int) high)
            .mapToObj(power -> new Scale.Tick(power, millis(Math.pow(10, power - 3))))
            .toList();
    return new Scale(low, high, Plot.BOTTOM, Plot.TOP, ticks);
  }

  private static Scale linear(double low, double high, double from, double to, String unit) {
    double step = step(high);
    var ticks = new ArrayList<Scale.Tick>();
    for (double value = Math.ceil(low / step) * step; value <= high; value += step) {
      ticks.add(new Scale.Tick(value, String.format(Locale.ROOT, "%,d%s", (long) value, unit)));
    }
    return new Scale(low, high, from, to, ticks);
  }

  /** 1, 2 or 5 times a power of ten, of which about five go into a length. */
  private static double step(double length) {
    double power = Math.pow(10, Math.floor(Math.log10(Math.max(1, length / 5))));
    double times = length / 5 / power;
    return Math.max(1, power * (times < 1.5 ? 1 : times < 3.5 ? 2 : 5));
  }

  private static String millis(double millis) {
    return (millis < 1
            ? Double.toString(millis).replaceFirst("0+$", "")
            : Long.toString((long) millis))
        + " ms";
  }
}
