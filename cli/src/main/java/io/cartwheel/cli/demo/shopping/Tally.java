package io.cartwheel.cli.demo.shopping;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/** What all shoppers together have done. Safe from any thread. */
public final class Tally {
  private static final int DIGITS = 3;
  private static final double NANOS_PER_MILLI = 1e6;

  private final LongAdder acknowledged = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder unanswered = new LongAdder();
  private final LongAdder siblings = new LongAdder();
  private final Recorder recent = new Recorder(DIGITS);
  private final Histogram all = new Histogram(DIGITS);

  /**
   * How it stands.
   *
   * @param acknowledged writes
   * @param refused requests that a node turned down
   * @param unanswered requests without an answer that says what became of them
   * @param siblings versions beyond the first that reads have shown
   */
  public record Figures(
      long acknowledged,
      long refused,
      long unanswered,
      long siblings,
      double p50Millis,
      double p99Millis,
      double p999Millis) {}

  void acknowledged() {
    acknowledged.increment();
  }

  void refused() {
    refused.increment();
  }

  void unanswered() {
    unanswered.increment();
  }

  void read(int versions) {
    siblings.add(Math.max(0, versions - 1));
  }

  /** A request was answered with success. */
  void took(Duration time) {
    recent.recordValue(time.toNanos());
  }

  public synchronized Figures figures() {
    all.add(recent.getIntervalHistogram());
    return new Figures(
        acknowledged.sum(),
        refused.sum(),
        unanswered.sum(),
        siblings.sum(),
        millis(50),
        millis(99),
        millis(99.9));
  }

  private double millis(double percentile) {
    long nanos = all.getTotalCount() == 0 ? 0 : all.getValueAtPercentile(percentile);
    return Math.round(nanos / NANOS_PER_MILLI * 1000) / 1000.0;
  }
}
